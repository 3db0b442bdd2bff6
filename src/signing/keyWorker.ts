/** The worker side of slow work on keys: takes one task, answers once, and is thrown away. */
import { runKeyTask, type KeyTask } from './keyTasks'

addEventListener('message', ({ data }: MessageEvent<KeyTask>) => {
  void runKeyTask(data).then((result) => postMessage(result))
})
