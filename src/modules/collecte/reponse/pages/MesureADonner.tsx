import { CellInput } from '../../../../ui/CellInput.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { FileUpload } from '../../../../ui/FileUpload.tsx';
import { Button } from '../../../../ui/Button.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { Textarea } from '../../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { ACCEPTE, direLongueur, MOTS_EN_TOUT } from '../../../indicateurs/index.ts';
import { formatPeriode } from '../../../../ui/typographie.ts';
import type { Ligne } from '../lignes.queries.ts';
import { champsDe, champsDeFichier, champsDeMesure, ETATS, lireDepot, nomDeLigne } from '../reponse.rules.ts';

/** Where a line stands: nothing said, kept here, in force, or not given and not to be given any more. */
export type Etape = 'vide' | 'garde' | 'envoye' | 'close';
const ETAPES = { vide: ['À donner', 'neutre'], garde: ['Pas envoyé', 'laiton'], envoye: ['Envoyé', 'vert'], close: ['N’est plus attendu', 'neutre'] } as const;

interface Props {
  mesureId: string;
  lignes: readonly Ligne[];
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
  etapes: ReadonlyMap<string, Etape>;
}

const unDe = <T,>(xs: readonly T[]): boolean => new Set(xs).size === 1;

/** One measure: its definition a click away, a row for each value, its source once for all. */
export function MesureADonner({ mesureId, lignes, champs, erreurs, etapes }: Props) {
  const [premiere] = lignes;
  if (!premiere) return null;
  const s = champsDeMesure(mesureId);
  const lieux = !unDe(lignes.map((l) => l.territoireId));
  const periodes = !unDe(lignes.map((l) => l.periode));
  const ventilee = lignes.some((l) => l.libelle !== '');
  const quoi = (l: Ligne) =>
    [lieux ? l.territoire : '', periodes ? formatPeriode(l.periode) : '', l.libelle].filter(Boolean).join(', ') || formatPeriode(l.periode);
  return (
    <Section titre={premiere.titre} id={`m-${mesureId}`}>
      <Details resume={`Ce qui est demandé${periodes ? '' : ` (${formatPeriode(premiere.periode)})`}`}>
        <p className="govuk-body">{premiere.definition}</p>
        <p className="govuk-body">{`${mesureId}${premiere.unite ? `, en ${premiere.unite}` : ''}. ${ventilee ? 'Une ligne par part : laissez vide ce que vous ne savez pas.' : 'Un zéro est un chiffre connu : écrivez 0.'}`}</p>
      </Details>
      {premiere.genre === 'nombre' ? (
        <Table<Ligne>
          legende={premiere.titre}
          legendeMasquee
          dense
          colonnes={[
            {
              cle: 'quoi',
              titre: 'Pour',
              entete: true,
              cellule: (l) => (
                <label className="govuk-label" htmlFor={champsDe(l).valeur}>
                  {quoi(l)}
                  <span className="govuk-visually-hidden">{` : ${l.titre}`}</span>
                </label>
              ),
            },
            { cle: 'avant', titre: 'Dernière valeur', numerique: true, cellule: (l) => (l.derniere ? `${l.derniere.dit} (${l.derniere.periode})` : 'aucune') },
            {
              cle: 'valeur',
              titre: premiere.unite ? `Votre chiffre (${premiere.unite})` : 'Votre chiffre',
              cellule: (l) => {
                const nom = champsDe(l).valeur;
                return <CellInput nom={nom} valeur={champs[nom]} erreur={erreurDe(erreurs, nom)} />;
              },
            },
            { cle: 'etat', titre: 'Il est', cellule: (l) => <Etat l={l} champs={champs} /> },
            { cle: 'etape', titre: 'Où il en est', cellule: (l) => <Ou etape={etapes.get(l.cle) ?? 'vide'} /> },
          ]}
          lignes={lignes}
          cle={(l) => l.cle}
        />
      ) : (
        lignes.map((l) => <Ecrit key={l.cle} l={l} quoi={quoi(l)} champs={champs} erreurs={erreurs} etape={etapes.get(l.cle) ?? 'vide'} />)
      )}
      {lignes.map((l) => {
        const { explication } = champsDe(l);
        const erreur = erreurDe(erreurs, explication);
        // Asked only of what surprises; what was explained stays in view.
        return erreur || champs[explication] ? (
          <TextInput key={l.cle} nom={explication} libelle={`Pourquoi ce chiffre est juste : ${quoi(l)}`} valeur={champs[explication]} erreur={erreur} />
        ) : null;
      })}
      <div className="c-collecte-source">
        <TextInput
          nom={s.source}
          libelle="Source"
          aide="Le logiciel, le service ou le comptage dont il vient."
          valeur={champs[s.source]}
          erreur={erreurDe(erreurs, s.source)}
        />
        <TextInput
          nom={s.commentaire}
          libelle="Ce qu’il faut savoir pour le lire"
          aide="Aucun nom de personne."
          facultatif
          valeur={champs[s.commentaire]}
          erreur={erreurDe(erreurs, s.commentaire)}
        />
      </div>
      <Details
        resume={`Comment c’est compté, et ses limites${(champs[s.methode] ?? '') === '' ? '' : ' : à relire'}`}
        ouvert={Boolean(erreurDe(erreurs, s.methode) ?? erreurDe(erreurs, s.limites))}
      >
        <Textarea
          nom={s.methode}
          libelle="Comment c’est compté"
          aide="Une phrase : qui compte, quoi, à quel moment. Publiée avec le chiffre, elle revient la fois suivante. Aucun nom de personne."
          facultatif
          lignes={2}
          valeur={champs[s.methode]}
          erreur={erreurDe(erreurs, s.methode)}
        />
        <Textarea
          nom={s.limites}
          libelle="Limites"
          aide="Ce qu’il ne dit pas : ce qui n’est pas compté, ou l’est deux fois ; ce qui a changé."
          facultatif
          lignes={2}
          valeur={champs[s.limites]}
          erreur={erreurDe(erreurs, s.limites)}
        />
      </Details>
    </Section>
  );
}

const Ou = ({ etape }: { etape: Etape }) => <Tag ton={ETAPES[etape][1]}>{ETAPES[etape][0]}</Tag>;

function Etat({ l, champs }: { l: Ligne } & Pick<Props, 'champs'>) {
  const nom = champsDe(l).etat;
  return (
    <select className="govuk-select" id={nom} name={nom} defaultValue={champs[nom] || 'valeur'} aria-label={`État : ${nomDeLigne(l)}`}>
      {Object.entries(ETATS).map(([valeur, libelle]) => (
        <option key={valeur} value={valeur}>
          {libelle}
        </option>
      ))}
    </select>
  );
}

/** What is told, or shown by a document. */
function Ecrit({ l, quoi, champs, erreurs, etape }: { l: Ligne; quoi: string; etape: Etape } & Pick<Props, 'champs' | 'erreurs'>) {
  const n = champsDe(l);
  const f = champsDeFichier(l);
  const depot = lireDepot(champs[f.depose]);
  return (
    <div className="c-collecte-ecrit">
      <Textarea
        nom={n.valeur}
        libelle={l.genre === 'texte' ? `Bilan, ${quoi}` : `Ce que montre le document, ${quoi}`}
        aide={
          [l.derniere ? `La dernière fois (${l.derniere.periode}) : ${l.derniere.dit}` : '', l.genre === 'texte' ? direLongueur(MOTS_EN_TOUT) : '']
            .filter(Boolean)
            .join(' ') || undefined
        }
        mots={l.genre === 'texte'}
        lignes={l.genre === 'texte' ? 8 : 3}
        valeur={champs[n.valeur]}
        erreur={erreurDe(erreurs, n.valeur)}
      />
      {l.genre === 'document' && (
        <>
          <FileUpload
            nom={f.envoye}
            libelle={`Fichier, ${quoi}`}
            accepte={ACCEPTE}
            aide={
              depot
                ? `« ${depot.nom} » est reçu, il partira avec « Envoyer » ; un autre le remplace.`
                : l.enVigueur?.fichierNom
                  ? `« ${l.enVigueur.fichierNom} » est joint ; un autre le remplace.`
                  : 'PDF, image ou document de bureautique, 10 Mo au plus. Une adresse suffit aussi.'
            }
            facultatif
            erreur={erreurDe(erreurs, f.envoye)}
          />
          {depot && (
            <Button variante="discret" nom="acte" valeur={`retirer-${f.depose}`}>
              {`Retirer « ${depot.nom} »`}
            </Button>
          )}
          <TextInput nom={n.lien} libelle="Adresse où le lire" facultatif type="url" valeur={champs[n.lien]} erreur={erreurDe(erreurs, n.lien)} />
        </>
      )}
      <p className="govuk-body">
        <span className="c-collecte-etat">
          {'Il est '}
          <Etat l={l} champs={champs} />
        </span>{' '}
        <Ou etape={etape} />
      </p>
    </div>
  );
}
