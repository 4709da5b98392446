/** Reading a command line: what a command does not declare is refused, never swallowed. Messages in French, exit code 2. */
import { Command, CommanderError } from 'commander';
import { MauvaisUsage } from './command.ts';
import type { Declaration } from './module.ts';

/** `--help`: the message is the help itself. */
export class AideDemandee extends Error {}

export interface CommandeLue {
  nom: string;
  args: string[];
  options: Record<string, string | boolean | undefined>;
}

const TITRES: Record<string, string> = { 'Usage:': 'Usage :', 'Arguments:': 'Arguments :', 'Options:': 'Options :', 'Commands:': 'Commandes :' };

/** Commander's refusals, by their code; the name is between quotes in its message, what it suggests in brackets. */
const REFUS: Record<string, (nom: string) => string> = {
  'commander.unknownOption': (nom) => `Option inconnue : ${nom}`,
  'commander.unknownCommand': (nom) => `Commande inconnue : ${nom}`,
  'commander.missingArgument': (nom) => `Il manque « ${nom} »`,
  'commander.optionMissingArgument': (nom) => `Il manque la valeur de l’option ${nom}`,
  'commander.excessArguments': () => 'Trop d’arguments',
};

/** What follows the name of a command: what it cannot do without, then the rest. */
export const usageDe = (d: Declaration): string =>
  [...(d.argument ? [d.argument] : []), ...(d.obligatoires ?? []).map(([drapeau]) => drapeau), '[options]'].join(' ');

/** All that a command lacks, at once: not one at each try. */
const manquantes = (c: Command): string[] => c.options.filter((o) => o.mandatory && c.getOptionValue(o.attributeName()) === undefined).map((o) => o.flags);

function direRefus(e: CommanderError, c: Command): string {
  const usage = c.helpInformation();
  if (e.code === 'commander.missingMandatoryOptionValue') {
    const absentes = manquantes(c);
    return `Il manque ${absentes.length > 1 ? 'les options' : 'l’option'} ${absentes.join(', ')}.\n\n${usage}`;
  }
  const nom = /'([^']+)'/.exec(e.message)?.[1] ?? '';
  const proche = /\(Did you mean (?:one of )?(.+?)\?\)/.exec(e.message)?.[1];
  const refus = REFUS[e.code]?.(nom) ?? `Commande mal écrite : ${e.message}`;
  return `${refus}${proche ? ` (vouliez-vous dire ${proche} ?)` : ''}.\n\n${usage}`;
}

/** Throws MauvaisUsage with what is wrong and the usage of the command, or AideDemandee. */
export function lireCommande(argv: readonly string[], declarations: Readonly<Record<string, Declaration>>): CommandeLue {
  let lue: CommandeLue | null = null;
  let aide = '';
  let courante: Command;
  const regler = (c: Command): Command =>
    c
      .exitOverride((e) => {
        courante = c;
        throw e;
      })
      .configureOutput({ writeOut: (t) => (aide += t), writeErr: () => {} })
      .configureHelp({ styleTitle: (t) => TITRES[t] ?? t })
      .helpOption('--help', 'affiche cette aide')
      .helpCommand(false)
      .allowExcessArguments(false);
  const racine = regler(new Command('concorde').description('Les commandes de Concorde.'));
  courante = racine;
  const groupes = new Map<string, Command>();
  for (const [nom, d] of Object.entries(declarations)) {
    const [groupe, mot] = nom.split(' ');
    let parent = racine;
    if (mot !== undefined) {
      parent = groupes.get(groupe ?? '') ?? regler(racine.command(groupe ?? ''));
      groupes.set(groupe ?? '', parent);
    }
    const c = regler(
      parent
        .command(mot ?? groupe ?? '')
        .description(d.sens)
        .usage(usageDe(d)),
    ).option('--json', 'répond en JSON');
    if (d.argument) c.argument(d.argument);
    for (const [drapeau, sens] of d.options ?? []) c.option(drapeau, sens);
    for (const [drapeau, sens] of d.obligatoires ?? []) c.requiredOption(drapeau, `${sens} (obligatoire)`);
    c.action(() => {
      lue = { nom, args: c.args, options: c.opts() };
    });
  }
  for (const [nom, c] of groupes) c.description([...c.commands].map((x) => `${nom} ${x.name()}`).join(', '));
  try {
    racine.parse([...argv], { from: 'user' });
  } catch (e) {
    if (!(e instanceof CommanderError)) throw e;
    if (e.code === 'commander.helpDisplayed') throw new AideDemandee(aide);
    // A group without its verb, or nothing at all: the list of what there is.
    if (e.code === 'commander.help') throw new MauvaisUsage(courante.helpInformation());
    throw new MauvaisUsage(direRefus(e, courante));
  }
  if (!lue) throw new MauvaisUsage(racine.helpInformation());
  return lue;
}
