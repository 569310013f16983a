import type { Dialect } from '../dialects.js';
import type { Answer } from './ask-buildstream.js';
import type { CommandList, EvaluatedElement, PlacedText } from './element.js';
import { Variables } from './variables.js';

/** What stands for the number of jobs, which only the machine that builds knows. */
export const MAX_JOBS = '<max-jobs>';

/** The element with what BuildStream itself says of it, in the places where it was read. */
export function asTold(
  element: EvaluatedElement,
  answer: Answer,
  { showsExpanded }: Dialect,
): EvaluatedElement {
  const jobs = answer.variables.get('max-jobs') ?? '';
  const environment = [...answer.environment].map(([name, said]): [string, PlacedText] => {
    const own = element.environment.get(name);
    const isSame = own?.text.replaceAll(MAX_JOBS, jobs) === said;
    return [name, { text: isSame ? own!.text : said, at: own?.at ?? element.at }];
  });
  // BuildStream 1 prints commands as they are written, and what their variables come to apart from them.
  const variables = new Variables(element.variables.node, answer.variables);
  const expand = ({ text, at }: PlacedText): PlacedText =>
    showsExpanded ? { text, at } : { text: variables.expand({ text, at }), at };
  const commands = [...(element.commands ?? [])].map(([list, own]): [CommandList, PlacedText[]] => [
    list,
    (answer.commands.get(list) ?? []).map((text, index) =>
      expand({ text, at: own[index]?.at ?? element.at }),
    ),
  ]);
  return {
    ...element,
    environment: new Map(environment),
    variables,
    commands: element.commands && new Map(commands),
  };
}
