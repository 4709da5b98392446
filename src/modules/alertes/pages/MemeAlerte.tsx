/** One fact written twice: what is shown before a second alert leaves, and how two are joined afterwards. */
import { Button } from '../../../ui/Button.tsx';
import { Radios } from '../../../ui/Choices.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { motDe } from '../../../ui/types.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Alerte } from '../alerte/alertes.queries.ts';
import type { Voisinage } from '../alerte/doublons.ts';
import { direLieu, direPalier } from '../envois/lettres.rules.ts';
import { ETATS, moment } from './mots.tsx';

const dire = (cat: Catalogue, a: Alerte, maintenant: Date): string =>
  `${direPalier(cat, a.palier)}, ${[a.lieu, direLieu(cat, a.territoireId)].filter(Boolean).join(', ')}, écrite à ${moment(a.ecriteLe, maintenant)}`;
const preciser = (cat: Catalogue, a: Alerte): string => [motDe(ETATS, a.etat), cat.nomActeur(a.auteurOrganisation), a.faits].filter(Boolean).join(' · ');

export const AUTRE = 'autre';
export function DejaOuvertes(p: { catalogue: Catalogue; ouvertes: readonly Alerte[]; maintenant: Date; valeur: string; erreur: string | undefined }) {
  if (p.ouvertes.length === 0) return null;
  return (
    <Radios
      nom="meme"
      legende={p.ouvertes.length === 1 ? 'Une alerte est déjà ouverte ici' : 'Des alertes sont déjà ouvertes ici'}
      aide="Le même fait écrit deux fois réveille tout le monde deux fois."
      valeur={p.valeur}
      erreur={p.erreur}
      options={[
        ...p.ouvertes.map((a) => ({
          valeur: a.id,
          libelle: `C’est la même : ${dire(p.catalogue, a, p.maintenant)}`,
          aide: `${preciser(p.catalogue, a)}. Ce que vous écrivez s’y ajoute ; si votre palier est plus haut, elle y passe.`,
        })),
        { valeur: AUTRE, libelle: 'C’en est une autre', aide: 'La vôtre part.' },
      ]}
    />
  );
}

/** On the page of one of them. */
export function Jointures(p: Voisinage & { catalogue: Catalogue; base: string; maintenant: Date; valeur: string; erreur: string | undefined }) {
  const lien = (a: { id: string; ecriteLe: Date }) => (
    <a className="govuk-link" href={`/alertes/${a.id}`}>
      celle de {moment(a.ecriteLe, p.maintenant)}
    </a>
  );
  return (
    <>
      {p.premiere && <InsetText>C’est la même que {lien(p.premiere)}, qui seule compte.</InsetText>}
      {p.jointes.length > 0 && (
        <p className="govuk-body">
          Écrite aussi par{' '}
          {p.jointes.map((j, i) => (
            <span key={j.id}>
              {i > 0 && ', '}
              {p.catalogue.nomActeur(j.auteurOrganisation)} ({lien(j)})
            </span>
          ))}
          .
        </p>
      )}
      {p.candidates.length > 0 && (
        <Details resume="C’est la même qu’une autre alerte" ouvert={p.erreur !== undefined}>
          <Form action={`${p.base}/doublon`}>
            <Radios
              nom="autre"
              legende="Laquelle"
              aide="Celle-ci se ferme et sort des chiffres ; ce qu’elle dit s’ajoute à l’autre, qui garde le plus haut des deux paliers."
              petit
              valeur={p.valeur}
              erreur={p.erreur}
              options={p.candidates.map((a) => ({ valeur: a.id, libelle: dire(p.catalogue, a, p.maintenant), aide: preciser(p.catalogue, a) }))}
            />
            <Button variante="secondaire">Joindre à celle-là</Button>
          </Form>
        </Details>
      )}
    </>
  );
}
