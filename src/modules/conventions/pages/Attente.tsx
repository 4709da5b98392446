/** On whose word a thing of an act rests, and who has yet to say that it is theirs. */
import { Tag } from '../../../ui/Tag.tsx';
import { enumerer } from '../../../ui/typographie.ts';
import type { Version } from '../conventions.queries.ts';
import { ensemble, type EtatDeParole } from '../paroles.rules.ts';
import type { ConventionPageProps } from './acte.vue.ts';

export const etatsDe = (p: Pick<ConventionPageProps, 'paroles'>, objet: string): EtatDeParole[] =>
  p.paroles.filter((x) => x.objetId === objet).map((x) => x.etat);
/** Confirmed by each party that it was asked of: until then the former end runs. */
export const avenantCompte = (p: Pick<ConventionPageProps, 'paroles'>, v: Version): boolean => v.genre !== 'avenant' || ensemble(etatsDe(p, v.id));
/** What an avenant, a review or a promise rests on: who noted it, and which parties have not said that it is theirs. */
export function Attente({ p, objet }: { p: ConventionPageProps; objet: string }) {
  const dites = p.paroles.filter((x) => x.objetId === objet && x.genre !== 'tenu');
  const [premiere] = dites;
  if (!premiere || ensemble(dites.map((x) => x.etat))) return null;
  const nommer = (etat: EtatDeParole) => enumerer(dites.filter((x) => x.etat === etat).map((x) => p.catalogue.nomActeur(x.de)));
  const [attend, conteste, retire] = [nommer('notee'), nommer('contestee'), nommer('annulee')];
  const parties = dites.filter((x) => x.etat === 'quittee');
  const quitter = (lesquelles: typeof dites) =>
    lesquelles.length > 0 && `${enumerer(lesquelles.map((x) => p.catalogue.nomActeur(x.de)))}, qui n’y ${lesquelles.length > 1 ? 'sont' : 'est'} plus`;
  const [muette, niee] = [quitter(parties.filter((x) => x.refus !== 'contestee')), quitter(parties.filter((x) => x.refus === 'contestee'))];
  return (
    <>
      {' '}
      <Tag ton={conteste || retire ? 'garance' : 'laiton'}>{retire ? 'retiré' : conteste ? 'contesté' : attend ? 'à confirmer' : 'ne compte pas'}</Tag>
      <span className="c-note c-acte__detail">
        {[
          `note de ${p.catalogue.nomActeur(premiere.organisationId)}`,
          conteste && `contestation de ${conteste}`,
          retire && `note retirée pour ${retire}`,
          attend && !retire && `à confirmer par ${attend}`,
          muette && !retire && `sans réponse de ${muette}`,
          niee && !retire && `contestation de ${niee}`,
        ]
          .filter(Boolean)
          .join(' ; ')}
      </span>
    </>
  );
}
