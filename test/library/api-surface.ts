import ts from 'typescript';

const dist = new URL('../../dist/', import.meta.url).pathname;

/** What an entry point of the package exports. */
export interface Surface {
  /** The declarations of values and types, by name, as the compiler wrote them, without comments. */
  readonly declarations: ReadonlyMap<string, string>;
  /** Exports that no doc comment tells of. */
  readonly undocumented: readonly string[];
  /** Types of the package's own that an exported declaration names and that are not exported. */
  readonly hidden: readonly string[];
  /** Packages, and modules of Node, that the types of the entry point name. */
  readonly packages: readonly string[];
}

/** Reads the types of an entry point, `index` or `memory`, as the package has them. */
export function surfaceOf(entry: string): Surface {
  const path = `${dist}${entry}.d.ts`;
  const program = ts.createProgram([path], {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const checker = program.getTypeChecker();
  const resolved = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const module = checker.getSymbolAtLocation(program.getSourceFile(path)!)!;
  const exported = checker
    .getExportsOfModule(module)
    .map((symbol) => [symbol.name, resolved(symbol)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const known = new Set(exported.map(([, symbol]) => symbol));
  const hidden = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const symbol = checker.getSymbolAtLocation(node);
      const target = symbol && resolved(symbol);
      const isType = target && (target.flags & (ts.SymbolFlags.Type & ~ts.SymbolFlags.TypeParameter)) !== 0;
      const [declaration] = target?.declarations ?? [];
      const isOwn = declaration?.getSourceFile().fileName.startsWith(dist);
      if (isType && isOwn && !ts.isTypeLiteralNode(declaration!) && !known.has(target)) hidden.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  for (const [, symbol] of exported) for (const declaration of symbol.declarations ?? []) visit(declaration);
  return {
    declarations: new Map(exported.map(([name, symbol]) => [name, print(symbol, checker)])),
    undocumented: exported.flatMap(([name, symbol]) =>
      symbol.getDocumentationComment(checker).length === 0 ? [name] : [],
    ),
    hidden: [...hidden].sort(),
    packages: program
      .getSourceFiles()
      .filter(({ fileName }) => fileName.startsWith(dist))
      .flatMap((file) => ts.preProcessFile(file.text).importedFiles.map(({ fileName }) => fileName))
      .filter((name) => !name.startsWith('.')),
  };
}

/** The declarations of a symbol, on as many lines as the compiler takes. */
function print(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const printer = ts.createPrinter({ removeComments: true, newLine: ts.NewLineKind.LineFeed });
  const texts = (symbol.declarations ?? []).map((declaration) => {
    if (ts.isTypeAliasDeclaration(declaration) && declaration.type.getText().includes('typeof ')) {
      // The compiler's own order of what a type may be depends on what else it has seen.
      const type = checker.getDeclaredTypeOfSymbol(symbol);
      const names = (type.isUnion() ? type.types : [type]).map((each) => checker.typeToString(each));
      return `type ${symbol.name} = ${names.sort().join(' | ')};`;
    }
    const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const text = printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
    return text.replace(/^export (?:declare )?|^declare /, '').replaceAll('    ', '  ');
  });
  return texts.join('\n');
}
