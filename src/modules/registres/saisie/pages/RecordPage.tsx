import { Fragment } from 'react';
import type { Bloc } from '../../../../core/module.ts';
import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { NotificationBanner } from '../../../../ui/NotificationBanner.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { type LigneResume, SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { capitale, enumerer, jour, jourEtHeure, minuscule, pluriel } from '../../../../ui/typographie.ts';
import type { ReactNode } from 'react';
import type { Activite, VersionActivite } from '../../activite.ts';
import { Dire } from '../../etapes/pages/Dire.tsx';
import { EtapeTag } from '../../etapes/pages/EtapeTag.tsx';
import { CeQuiABouge, type Mouvements } from '../../../indicateurs/index.ts';
import { Preuves } from '../../preuves/pages/Preuves.tsx';
import type { Proposition } from '../../preuves/proposition.ts';
import { direValeur, estVide, libelleChamp, nomActeur, nomCourt, nomTerritoire, Valeur } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import type { RefusDActe } from '../refus.ts';
import { activiteEnregistree } from '../saisie.formulaire.ts';
import { ceNom, differences } from '../../registres.rules.ts';

export interface RecordPageProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  activite: Activite;
  versions: readonly VersionActivite[];
  /** Imports that the reader may open. */
  lots: ReadonlySet<string>;
  proposition: Proposition;
  /** Figures that the version in force moved when it was written. */
  mouvements: Mouvements | null;
  /** The reader wrote that version today: they are told what it did. */
  vientDEcrire: boolean;
  /** Reduced to what the public may read: no comment, no free text, no names, no history. */
  public: boolean;
  /** The reader may ask the audit trail who saw or changed it. */
  auditable: boolean;
  peutEcrire: boolean;
  peutCreer: boolean;
  /** An act refused: its form says why, and keeps what was typed. */
  refus: RefusDActe | null;
  /** What hangs on this record. */
  rattaches: ReactNode;
  /** People present and places, of an offer. */
  occupation: ReactNode;
  /** What other modules say of it. */
  blocs: readonly Bloc[];
  aujourdhui: string;
}

const ACTES = {
  creation: 'Enregistré',
  correction: 'Corrigé',
  retrait: 'Retiré',
  retablissement: 'Rétabli',
  import: 'Importé',
  annulation: 'Import annulé',
  demonstration: 'Donnée fictive',
} as const;

export function RecordPage(p: RecordPageProps) {
  const { d, rep, activite: a } = p;
  const k = a.contenu;
  const base = `/registres/${d.code}/${a.id}`;
  const retire = a.statut === 'retire';
  const champs = d.champs.filter((c) => !p.public || c.public === true);
  const vides = champs.filter((c) => estVide(k.donnees[c.code]));
  const lignes: LigneResume[] = [
    { cle: d.jour, valeur: jour(k.jour) },
    ...(d.fin && k.fin ? [{ cle: d.fin, valeur: jour(k.fin) }] : []),
    { cle: 'Territoire', valeur: nomTerritoire(rep, k.territoire_id) },
    ...(k.adresse && !p.public ? [{ cle: 'Adresse', valeur: k.adresse }] : []),
    { cle: d.organisation, valeur: nomActeur(rep, k.organisation_id) },
    ...champs.filter((c) => !estVide(k.donnees[c.code])).map((c) => ({ cle: c.libelle, valeur: <Valeur champ={c} valeur={k.donnees[c.code]} rep={rep} /> })),
    ...(k.commentaire !== '' && !p.public ? [{ cle: 'Commentaire', valeur: k.commentaire }] : []),
    ...(a.idExterne && !p.public ? [{ cle: 'Identifiant d’origine', valeur: a.idExterne }] : []),
  ];
  return (
    <>
      <PageHeader
        titre={k.titre}
        surtitre={d.libelle}
        etiquette={retire ? <Tag ton="garance">Retiré</Tag> : <EtapeTag etape={k.etape} />}
        actions={
          p.peutEcrire || p.peutCreer ? (
            <>
              {p.peutEcrire && !retire && <LinkButton href={`${base}/corriger`}>Corriger</LinkButton>}
              {p.peutCreer && (
                <LinkButton href={`/registres/${d.code}/nouveau?dupliquer=${a.id}`} variante="secondaire">
                  Dupliquer
                </LinkButton>
              )}
            </>
          ) : undefined
        }
      />
      {p.vientDEcrire && <Ecrit {...p} />}
      {retire && <p className="govuk-body">Ne compte plus dans aucun chiffre. Motif : {a.motif || 'non précisé'}.</p>}
      {!retire && k.etape !== 'realisee' && (
        <p className="govuk-body">
          {k.etape === 'annulee'
            ? `Ne compte dans aucun chiffre. Motif de l’annulation : ${k.annulation}.`
            : 'Ne comptera dans les chiffres qu’une fois réalisé.'}
        </p>
      )}
      {p.peutEcrire && !retire && k.etape === 'programmee' && <Dire d={d} a={a} base={base} refus={p.refus} aujourdhui={p.aujourdhui} />}
      {p.occupation}
      <SummaryList lignes={lignes} />
      {vides.length > 0 && (
        <Details resume={pluriel(vides.length, 'champ non renseigné', 'champs non renseignés')}>
          <p className="govuk-body">{capitale(enumerer(vides.map((c) => minuscule(c.libelle))))}.</p>
        </Details>
      )}
      {p.rattaches}
      <Preuves
        rep={rep}
        contenu={k}
        proposition={p.proposition}
        retire={retire || k.etape !== 'realisee'}
        confirmer={p.peutEcrire ? { base, version: a.version } : null}
      />
      {a.serieId && !p.public && (
        <p className="govuk-body">
          <a className="govuk-link" href={`/registres/${d.code}?territoire=tous&serie=${a.serieId}&tri=ancien`}>
            Toute la série
          </a>
        </p>
      )}
      {p.blocs.map((b) => (
        <Fragment key={b.rang}>{b.corps}</Fragment>
      ))}
      {!p.public && <Historique {...p} />}
      {p.peutEcrire && <Retrait d={d} a={a} base={base} erreur={p.refus?.acte === 'retirer' ? p.refus.erreurs[0]?.message : undefined} />}
    </>
  );
}

const ECRIT: Readonly<Record<Activite['acte'], string>> = {
  creation: 'C’est enregistré',
  correction: 'C’est corrigé',
  retrait: 'C’est retiré',
  retablissement: 'C’est rétabli',
  import: 'C’est importé',
  annulation: 'L’import est annulé',
  demonstration: 'C’est enregistré',
};
/** What the reader's own write did to the figures; told from what was kept with it, so that it stands when the page is read again. */
function Ecrit({ activite: a, mouvements, rep }: RecordPageProps) {
  return (
    <NotificationBanner ton="succes" titre={ECRIT[a.acte]}>
      {mouvements === null ? (
        'Aucun chiffre du contrat n’a bougé.'
      ) : (
        <>
          <p className="govuk-body">{mouvements.chiffres.length > 1 || mouvements.autres > 0 ? 'Ces chiffres ont bougé :' : 'Ce chiffre a bougé :'}</p>
          <CeQuiABouge mouvements={mouvements} nomLieu={(t) => nomCourt(rep, t)} />
        </>
      )}
    </NotificationBanner>
  );
}

function Historique({ d, rep, activite: a, versions, lots, auditable, mouvements, vientDEcrire }: RecordPageProps) {
  const suite = [{ ...a }, ...versions];
  return (
    <Section
      titre="Historique"
      actions={
        auditable ? (
          <a className="govuk-link" href={`/journal?objet=${encodeURIComponent(`/registres/${d.code}/${a.id}`)}`}>
            Qui l’a vu ou modifié
          </a>
        ) : undefined
      }
    >
      <ol className="govuk-list c-historique">
        {suite.map((v, i) => {
          const avant = suite[i + 1];
          const ecarts = avant ? differences(d, avant.contenu, v.contenu) : [];
          return (
            <li key={v.version}>
              <p className="govuk-body-s">
                <strong>
                  Version {v.version} – {ACTES[v.acte]}
                </strong>{' '}
                le {jourEtHeure(v.modifieLe)} par {v.auteur}
                {v.lotId && v.acte === 'import' && lots.has(v.lotId) && (
                  <>
                    {' '}
                    (
                    <a className="govuk-link" href={`/registres/${d.code}/imports/${v.lotId}`}>
                      import
                    </a>
                    )
                  </>
                )}
                {v.motif !== '' && `. Motif : ${v.motif}`}
              </p>
              {i === 0 && mouvements !== null && !vientDEcrire && (
                <Details resume="Les chiffres que cette version a fait bouger">
                  <CeQuiABouge mouvements={mouvements} nomLieu={(t) => nomCourt(rep, t)} />
                </Details>
              )}
              {ecarts.length > 0 && (
                <Details resume={ecarts.length === 1 ? '1 changement' : `${ecarts.length} changements`}>
                  <SummaryList
                    serre
                    lignes={ecarts.map((e) => ({
                      cle: libelleChamp(d, e.champ),
                      valeur: (
                        <>
                          <del>{direValeur(d, rep, e.champ, e.avant)}</del> → <ins>{direValeur(d, rep, e.champ, e.apres)}</ins>
                        </>
                      ),
                    }))}
                  />
                </Details>
              )}
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function Retrait({ d, a, base, erreur }: { d: DefinitionRegistre; a: Activite; base: string; erreur: string | undefined }) {
  if (a.statut === 'retire')
    return (
      <Form action={`${base}/retablir`} masques={{ version: String(a.version) }}>
        <Button variante="secondaire">Rétablir</Button>
      </Form>
    );
  return (
    <Details resume={`Retirer ${ceNom(d)}`} ouvert={erreur !== undefined}>
      <p className="govuk-body">Un enregistrement retiré ne compte plus, mais reste lisible avec son motif, et peut être rétabli.</p>
      <Form action={`${base}/retirer`} masques={masquesDeVersion(activiteEnregistree(d, a))}>
        <TextInput nom="motif" libelle="Motif du retrait" erreur={erreur} aide="Par exemple : « saisi deux fois »." />
        <Button variante="danger">Retirer</Button>
      </Form>
    </Details>
  );
}
