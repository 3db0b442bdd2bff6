/** Replaces a secret of the vault together with what depends on it: both, or neither. */
import type { Lifetime, SecretVault } from './sessionKeyVault'

/**
 * Keeps the secret while `enter` is done; where that fails, the earlier secret is back. Answers whether
 * the new one is there after a reload.
 */
export async function replaceSecret(
  vault: SecretVault,
  name: string,
  text: string,
  lifetime: Lifetime,
  enter: () => Promise<void>,
): Promise<boolean> {
  const before = await vault.get(name)
  const { survivesReload } = await vault.put(name, text, lifetime)
  try {
    await enter()
    return survivesReload
  } catch (error) {
    if (before === null) vault.remove(name)
    else await vault.put(name, before, lifetime)
    throw error
  }
}
