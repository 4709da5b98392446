import { InsetText } from '../../../../ui/InsetText.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { enumerer, heure, jour } from '../../../../ui/typographie.ts';
import type { Catalogue } from '../../../contrats/index.ts';
import type { JourOuvert, Moment } from '../../horaires.ts';
import { direAccessibilite, direLangue } from '../../referentiel/accueil.ts';
import { direBesoin } from '../../referentiel/besoins.ts';
import { FRAIS, MODES_ACCUEIL, MODES_MOBILISATION, PUBLICS } from '../../referentiel/data-inclusion.ts';
import type { Service, Structure } from '../../structures/structures.queries.ts';
import { direVerification, EtatDuMoment, Joindre, lieuConnu } from './parts.tsx';

interface Props {
  structure: Structure;
  parente: Structure | null;
  permanences: readonly Pick<Structure, 'id' | 'nom' | 'adresse' | 'horaires'>[];
  services: readonly Service[];
  catalogue: Catalogue;
  moment: Moment;
  /** In French. */
  horaires: string;
  /** The seven days that come; null when its hours are not known. */
  semaine: readonly JourOuvert[] | null;
  /** Of this page, for who reads it printed. */
  adresse: string;
  aujourdhui: string;
  maintenant: Date;
}
const A_COMPLETER = <em className="c-lieux__manque">à compléter</em>;
const noms = (liste: Readonly<Record<string, string>>, codes: readonly string[]): string => codes.map((c) => liste[c] ?? c).join(', ');

export function LieuPage({ structure: s, ...p }: Props) {
  const v = direVerification(s, p.aujourdhui);
  const acteur = s.organisationId ? p.catalogue.acteurs.get(s.organisationId) : undefined;
  return (
    <>
      <PageHeader
        titre={s.nom}
        surtitre={
          p.parente ? (
            <a className="govuk-link" href={`/aide/lieux/${p.parente.id}`}>
              {p.parente.nom}
            </a>
          ) : undefined
        }
        etiquette={<EtatDuMoment moment={p.moment} maintenant={p.maintenant} />}
        chapo={s.description || undefined}
      />
      {s.fictive && <InsetText>Exemple fictif, pour la démonstration : ce lieu n’existe pas.</InsetText>}
      <Joindre structure={s} />
      <SummaryList
        lignes={[
          {
            cle: 'Adresse',
            valeur: s.adresse ? (
              lieuConnu(s, p.catalogue)
            ) : (
              <>
                {lieuConnu(s, p.catalogue)}, adresse {A_COMPLETER}
              </>
            ),
          },
          {
            cle: 'Horaires',
            valeur: p.horaires ? (
              <>
                {p.horaires}
                <Semaine jours={p.semaine} />
              </>
            ) : (
              A_COMPLETER
            ),
          },
          { cle: 'Téléphone', valeur: s.telephone || A_COMPLETER },
          ...(s.venir ? [{ cle: 'Comment venir', valeur: <span className="c-texte-brut">{s.venir}</span> }] : []),
          { cle: 'Langues parlées', valeur: s.langues.length > 0 ? enumerer(s.langues.map(direLangue)) : A_COMPLETER },
          { cle: 'Accessibilité', valeur: s.accessibilite.length > 0 ? s.accessibilite.map(direAccessibilite).join(', ') : A_COMPLETER },
          ...(s.accessibiliteLien
            ? [
                {
                  cle: 'Accès détaillé',
                  valeur: (
                    <a className="govuk-link" href={s.accessibiliteLien} rel="noreferrer">
                      {s.accessibiliteLien}
                    </a>
                  ),
                },
              ]
            : []),
          ...(s.lieuSur ? [{ cle: 'Lieu où se réfugier', valeur: s.label || 'oui' }] : []),
          ...(acteur
            ? [
                {
                  cle: 'Tenu par',
                  valeur: (
                    <a className="govuk-link" href={`/acteurs/${encodeURIComponent(acteur.id)}`}>
                      {acteur.nom}
                    </a>
                  ),
                },
              ]
            : []),
          { cle: 'Vérification', valeur: v.phrase },
        ]}
      />
      {p.services.map((x) => (
        <Section key={x.id} titre={x.nom} id={`service-${x.id}`}>
          {x.description && <p className="govuk-body c-texte-brut">{x.description}</p>}
          <SummaryList serre lignes={lignesDuService(x)} />
        </Section>
      ))}
      {p.permanences.length > 0 && (
        <Section titre="Aussi en permanence" id="permanences">
          <ul className="govuk-list govuk-list--bullet">
            {p.permanences.map((x) => (
              <li key={x.id}>
                <a className="govuk-link" href={`/aide/lieux/${x.id}`}>
                  {x.nom}
                </a>
                {x.adresse && `, ${x.adresse}`}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Partager id={s.id} adresse={p.adresse} />
      {s.lienSource && (
        <p className="govuk-body-s">
          <a className="govuk-link" href={s.lienSource} rel="noreferrer">
            Source de cette fiche
          </a>
        </p>
      )}
      <p className="govuk-body">En danger, appelez le 17, ou envoyez un SMS au 114.</p>
    </>
  );
}

/** « 9 h – 12 h 30 »; a day that is never shut says so. */
const direPlages = (plages: JourOuvert['plages']): string =>
  plages.map(([de, a]) => (de === '00:00' && a === '24:00' ? 'jour et nuit' : `${heure(de)} – ${heure(a)}`)).join(', ');
const direJour = (j: JourOuvert): string =>
  enumerer([...(j.plages.length > 0 ? [direPlages(j.plages)] : []), ...(j.peutEtre.length > 0 ? [`${direPlages(j.peutEtre)} sous condition`] : [])]) || 'fermé';

function Semaine({ jours }: { jours: readonly JourOuvert[] | null }) {
  if (!jours) return null;
  return (
    <table className="c-lieux-semaine">
      <caption className="govuk-visually-hidden">Les sept jours qui viennent, jours fériés compris</caption>
      <tbody>
        {jours.map((j, n) => (
          <tr key={j.jour} className={n === 0 ? 'c-lieux-semaine__jour' : undefined}>
            <th scope="row">
              {jour(j.jour, { annee: false, semaine: true })}
              {n === 0 && ' (aujourd’hui)'}
            </th>
            <td>{direJour(j)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Nothing of it needs a script but printing, whose button the script brings. The letter says nothing of why. */
function Partager({ id, adresse }: { id: string; adresse: string }) {
  const dit = encodeURIComponent(adresse);
  return (
    <Section titre="Partager ou imprimer" id="partager">
      <ul className="c-lieux-partage">
        <li>
          <a className="govuk-link" href={`sms:?&body=${dit}`}>
            Par SMS
          </a>
        </li>
        <li>
          <a className="govuk-link" href={`mailto:?subject=Un%20lieu&body=${dit}`}>
            Par courriel
          </a>
        </li>
        <li>
          <a className="govuk-link" href={`/aide/lieux/${id}/carte.vcf`} download>
            Garder dans mes contacts
          </a>
        </li>
        <li data-imprimer="" hidden>
          <Button type="button" variante="secondaire" petit>
            Imprimer
          </Button>
        </li>
      </ul>
      <p className="govuk-body-s c-lieux-partage__adresse">{adresse}</p>
    </Section>
  );
}

const lignesDuService = (x: Service) => [
  ...(x.besoins.length > 0 ? [{ cle: 'Pour', valeur: x.besoins.map(direBesoin).join(', ') }] : []),
  ...(x.publics.length > 0 || x.publicsPrecisions
    ? [{ cle: 'Public', valeur: [noms(PUBLICS, x.publics), x.publicsPrecisions].filter(Boolean).join(' : ') }]
    : []),
  ...(x.conditions ? [{ cle: 'Conditions', valeur: x.conditions }] : []),
  { cle: 'Prix', valeur: [FRAIS[x.frais], x.fraisPrecisions].filter(Boolean).join(' : ') || A_COMPLETER },
  ...(x.sansRdv || x.anonyme ? [{ cle: 'Accueil', valeur: [x.sansRdv && 'sans rendez-vous', x.anonyme && 'anonyme'].filter(Boolean).join(', ') }] : []),
  ...(x.modesAccueil.length > 0 ? [{ cle: 'Où', valeur: noms(MODES_ACCUEIL, x.modesAccueil) }] : []),
  ...(x.modesMobilisation.length > 0 || x.mobilisationPrecisions
    ? [{ cle: 'Comment faire', valeur: [noms(MODES_MOBILISATION, x.modesMobilisation), x.mobilisationPrecisions].filter(Boolean).join(' : ') }]
    : []),
  ...(x.lienMobilisation
    ? [
        {
          cle: 'En ligne',
          valeur: (
            <a className="govuk-link" href={x.lienMobilisation} rel="noreferrer">
              {x.lienMobilisation}
            </a>
          ),
        },
      ]
    : []),
];
