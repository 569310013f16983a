/** What an extension does: configure a system, write it somewhere, or check before that whether it can be written. */
export type ExtensionKind = 'configure' | 'write' | 'check';

/** `extensions/set-hostname` and `set-hostname` are one: where scripts are changed with version 6 of the format. */
export function extensionName(reference: string): string {
  return reference.replace(/^.*\//, '').replace(/\.(?:configure|write|check)$/, '');
}

/** The places of an extension's script in a tree, best first: as it is named, then where any version has it. */
export function extensionPaths(reference: string, kind: ExtensionKind): string[] {
  const named = reference.replace(/^(?:\.\/)+/, '').replace(new RegExp(`\\.${kind}$`), '');
  const name = extensionName(reference);
  return [...new Set([named, `extensions/${name}`, name].map((path) => `${path}.${kind}`))];
}

/** The manifest that install-essential-files always installs. */
export const essentialManifest = 'install-files/essential-files/manifest';

/** The extension that installs it. */
export const essentialExtension = 'install-essential-files';
