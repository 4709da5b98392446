import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { Confirmer } from '../../../ui/Confirmer.tsx';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { NotificationBanner } from '../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { capitale, duree, jourEtHeure, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue } from '../../contrats/index.ts';
import type { Cadre } from '../crises.schema.ts';
import type { Avis } from '../roles/avis.queries.ts';
import { libelleDe } from './Entrees.tsx';

interface Props {
  cadre: Cadre;
  cat: Catalogue;
  lieux: readonly string[];
  avis: readonly (Avis & { ouvrable: boolean })[];
  /** Letters that just left; null when nothing was just noted. */
  lettres: number | null;
  page: number;
  enTout: number;
  parPage: number;
  maintenant: Date;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  etonnements: readonly ErreurDeChamp[];
}
const minutes = (de: Date, a: Date): string => {
  const m = Math.floor((a.getTime() - de.getTime()) / 60_000);
  return m < 1 ? 'moins d’une minute' : duree(m);
};

export function AvisPage({ cadre, cat, lieux, avis, lettres, page, enTout, parPage, maintenant, champs, erreurs, etonnements }: Props) {
  const scop = cadre.scop.libelle;
  const e = (nom: string) => erreurDe(erreurs, nom);
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader
        titre={`Prévenir ${scop}`}
        chapo={`Une mairie qui apprend un événement autrement que par ${scop} l’appelle aussitôt. Noté ici, le temps court jusqu’à ce qu’on dise qu’elle est prévenue.`}
      />
      {lettres !== null && erreurs.length === 0 && (
        <NotificationBanner ton={lettres > 0 ? 'succes' : 'alerte'}>
          {lettres > 0
            ? `C’est noté, et ${pluriel(lettres, 'lettre est en file', 'lettres sont en file')} pour ${scop}. Appelez-la aussi : une lettre peut attendre.`
            : `C’est noté. Aucune lettre n’est partie : nul autre que vous n’a de compte à ${scop}. Appelez-la.`}
        </NotificationBanner>
      )}
      <Section titre="En attente et récents">
        {avis.length === 0 ? (
          <EmptyState titre="Rien d’appris autrement">Ce que vous noterez ci-dessous paraîtra ici, avec le temps qui court.</EmptyState>
        ) : (
          <ul className="govuk-list c-avis">
            {avis.map((a) => (
              <li key={a.id} id={`a-${a.id}`} className={a.transmisLe ? 'c-avis__un' : 'c-avis__un c-avis__un--attend'}>
                <p className="govuk-body govuk-!-margin-bottom-1">
                  {a.exercice && <Tag ton="laiton">Exercice</Tag>} <strong>{a.objet}</strong>, {cat.territoires.get(a.territoireId)?.nom ?? a.territoireId}
                </p>
                <p className="govuk-body-s govuk-!-margin-bottom-1">
                  Appris le {jourEtHeure(a.apprisLe)}, {libelleDe(cadre.provenances, a.canal).toLowerCase()}.{' '}
                  {a.transmisLe ? (
                    <>
                      {capitale(scop)} prévenue en {minutes(a.apprisLe, a.transmisLe)} par {a.transmisPar}.
                    </>
                  ) : (
                    <strong>
                      {capitale(scop)} n’est pas prévenue depuis <span data-depuis={a.apprisLe.getTime()}>{minutes(a.apprisLe, maintenant)}</span>.{' '}
                      {a.relanceLe && `La coordination en est avertie par courriel depuis le ${jourEtHeure(a.relanceLe)}.`}
                    </strong>
                  )}
                </p>
                <div className="c-avis__actes">
                  {!a.transmisLe && (
                    <Form action={`/crises/avis/${a.id}/transmis`}>
                      <Button petit>{capitale(scop)} est prévenue</Button>
                    </Form>
                  )}
                  {a.criseId ? (
                    <a className="govuk-link" href={`/crises/${a.criseId}`}>
                      Salle ouverte
                    </a>
                  ) : (
                    a.ouvrable && (
                      <LinkButton href={`/crises/ouvrir?avis=${a.id}`} variante="secondaire" petit>
                        Ouvrir une salle
                      </LinkButton>
                    )
                  )}
                </div>
              </li>
            ))}
          </ul>
        )}
        <Pagination page={page} total={enTout} parPage={parPage} href={(n) => `/crises/avis?page=${n}`} objet="événement" />
      </Section>
      {lieux.length > 0 && (
        <Section titre="Noter ce qui vient d’être appris">
          <Form action="/crises/avis">
            <TextInput nom="objet" libelle="Ce qui se passe, et où" aide="Sans nom de personne" valeur={champs.objet ?? ''} erreur={e('objet')} />
            <Select
              nom="territoire"
              libelle="Territoire"
              vide="Choisir"
              valeur={champs.territoire ?? (lieux.length === 1 ? lieux[0] : '')}
              erreur={e('territoire')}
              options={lieux.map((l) => ({ valeur: l, libelle: cat.territoires.get(l)?.nom ?? l }))}
            />
            <Select
              nom="provenance"
              libelle="Appris par"
              vide="Choisir"
              valeur={champs.provenance ?? ''}
              erreur={e('provenance')}
              options={cadre.provenances.map((p) => ({ valeur: p.code, libelle: p.libelle }))}
            />
            <TextInput nom="heure" libelle="Appris à" aide="Vide : maintenant" largeur={5} valeur={champs.heure ?? ''} erreur={e('heure')} facultatif />
            <Checkbox nom="exercice" libelle="C’est un exercice" coche={champs.exercice === 'oui'} />
            <Confirmer etonnements={etonnements} />
            <Button>Lancer le décompte</Button>
          </Form>
        </Section>
      )}
    </>
  );
}
