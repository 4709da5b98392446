/** Reminders of what is owed, one mail a person; what stays late goes to the presidency, once. Run often, it writes once. */
import { ecrireAudit } from '../../../core/audit.ts';
import { jourDe } from '../../../core/clock.ts';
import { type Db, inTransaction } from '../../../core/database.ts';
import { ajouterCourriel } from '../../../core/mail.ts';
import { accorder, jour } from '../../../ui/typographie.ts';
import { origineDe, type ServicesInstances } from '../instances.services.ts';
import { numeroEcrit } from './decisions.rules.ts';
import { type ARappeler, getARappeler, listAEscalader, listARappeler, markEscaladees, markRelancees } from './rappels.queries.ts';

function phrase(d: ARappeler, aujourdhui: string): string {
  const quoi = d.restreinte ? `${numeroEcrit(d)}, décision d’une instance restreinte` : `${numeroEcrit(d)}, ${d.instance} : ${d.libelle}`;
  if (d.etat === 'bloque') return `- ${quoi}${d.restreinte ? '' : ` (bloquée : ${d.condition})`}`;
  const date = d.echeance ? (d.echeance < aujourdhui ? `attendue depuis le ${jour(d.echeance)}` : `attendue le ${jour(d.echeance)}`) : 'sans échéance';
  return `- ${quoi}, ${date}`;
}

/** Mails grouped by address. */
function grouper(lignes: readonly ARappeler[]): Map<string, ARappeler[]> {
  const parAdresse = new Map<string, ARappeler[]>();
  for (const d of lignes.filter((x) => x.courriel !== '')) parAdresse.set(d.courriel, [...(parAdresse.get(d.courriel) ?? []), d]);
  return parAdresse;
}

async function ecrireRappel(tx: Db, contratId: number, a: string, lignes: readonly ARappeler[], o: { aujourdhui: string; origine: string }): Promise<void> {
  const n = lignes.length;
  await ajouterCourriel(tx, contratId, {
    a,
    sujet: `${n} ${accorder(n, 'décision')} à suivre`,
    texte: [
      `Bonjour${lignes[0]?.nom ? ` ${lignes[0].nom}` : ''},`,
      n > 1 ? 'Ces décisions vous attendent :' : 'Cette décision vous attend :',
      lignes.map((d) => phrase(d, o.aujourdhui)).join('\n'),
      `Dire où vous en êtes : ${o.origine}/decisions?qui=moi`,
    ].join('\n\n'),
    objet: '/decisions',
  });
}

/** A reminder now, asked by whoever keeps the body; 0 when nobody has an address. */
export async function relancer(tx: Db, contratId: number, id: string, o: { aujourdhui: string; origine: string }): Promise<number> {
  const d = await getARappeler(tx, contratId, id, o.aujourdhui);
  if (!d || d.courriel === '') return 0;
  await ecrireRappel(tx, contratId, d.courriel, [d], o);
  await markRelancees(tx, contratId, [id], o.aujourdhui);
  return 1;
}

export async function rappelerDecisions(
  db: Db,
  o: { contratId: number; maintenant: Date; services: Pick<ServicesInstances, 'adresse'> },
): Promise<{ rappels: number; escalades: number }> {
  const aujourdhui = jourDe(o.maintenant);
  const origine = origineDe(o.services);
  return inTransaction(db, { contratId: o.contratId }, async (tx) => {
    const dues = await listARappeler(tx, o.contratId, aujourdhui);
    for (const [a, lignes] of grouper(dues)) await ecrireRappel(tx, o.contratId, a, lignes, { aujourdhui, origine });
    await markRelancees(
      tx,
      o.contratId,
      dues.map((d) => d.id),
      aujourdhui,
    );
    const tardives = await listAEscalader(tx, o.contratId, aujourdhui);
    const parPresident = grouper(tardives);
    for (const [a, lignes] of parPresident)
      await ajouterCourriel(tx, o.contratId, {
        a,
        sujet: `${lignes.length} ${accorder(lignes.length, 'décision')} en retard de plus d’un mois`,
        texte: [
          `Bonjour ${lignes[0]?.nom ?? ''},`.replace(' ,', ','),
          'Vous présidez l’instance qui a pris ces décisions. Elles ont plus d’un mois de retard :',
          lignes.map((d) => phrase(d, aujourdhui)).join('\n'),
          `Les suivre : ${origine}/decisions?retard=oui`,
        ].join('\n\n'),
        objet: '/decisions',
      });
    const escaladees = [...new Set(tardives.map((d) => d.id))];
    await markEscaladees(tx, o.contratId, escaladees, aujourdhui);
    const bilan = { rappels: grouper(dues).size, escalades: parPresident.size };
    if (dues.length + escaladees.length > 0)
      await ecrireAudit(tx, o.contratId, [
        {
          quand: o.maintenant,
          compteId: null,
          organisationId: null,
          mandat: null,
          action: 'decision.rappels',
          objet: '/decisions',
          avant: null,
          apres: null,
          details: { decisions: dues.length, ...bilan },
          adresse: null,
        },
      ]);
    return bilan;
  });
}
