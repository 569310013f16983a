/** Imports a module by its URL: a configuration in JavaScript. The command's bundle has another way to do it. */
export const importModule = (url: string): Promise<unknown> => import(url);
