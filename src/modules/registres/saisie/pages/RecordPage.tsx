import { masquesDeVersion } from '../../../../core/http/versions.ts';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { type LigneResume, SummaryList } from '../../../../ui/SummaryList.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jour, jourEtHeure } from '../../../../ui/typographie.ts';
import type { Activite, VersionActivite } from '../../activite.ts';
import { direValeur, libelleChamp, nomActeur, nomTerritoire, Valeur } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { activiteEnregistree } from '../saisie.formulaire.ts';
import { ceNom, differences } from '../../registres.rules.ts';

export interface RecordPageProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  activite: Activite;
  versions: readonly VersionActivite[];
  /** Imports that the reader may open. */
  lots: ReadonlySet<string>;
  comptePour: readonly { id: string; libelle: string; href: string }[];
  /** Reduced to what the public may read: no comment, no free text, no names, no history. */
  public: boolean;
  /** The reader may ask the audit trail who saw or changed it. */
  auditable: boolean;
  peutEcrire: boolean;
  peutCreer: boolean;
  erreurRetrait?: string | undefined;
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
  const lignes: LigneResume[] = [
    { cle: d.jour, valeur: jour(k.jour) },
    ...(d.fin && k.fin ? [{ cle: d.fin, valeur: jour(k.fin) }] : []),
    { cle: 'Territoire', valeur: nomTerritoire(rep, k.territoire_id) },
    ...(k.adresse && !p.public ? [{ cle: 'Adresse', valeur: k.adresse }] : []),
    { cle: d.organisation, valeur: nomActeur(rep, k.organisation_id) },
    ...d.champs
      .filter((c) => !p.public || c.public === true)
      .map((c) => ({ cle: c.libelle, valeur: <Valeur champ={c} valeur={k.donnees[c.code]} rep={rep} /> })),
    ...(k.commentaire !== '' && !p.public ? [{ cle: 'Commentaire', valeur: k.commentaire }] : []),
    ...(a.idExterne && !p.public ? [{ cle: 'Identifiant d’origine', valeur: a.idExterne }] : []),
  ];
  return (
    <>
      <PageHeader
        titre={k.titre}
        surtitre={d.libelle}
        etiquette={retire ? <Tag ton="garance">Retiré</Tag> : undefined}
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
      {retire && <p className="govuk-body">Ne compte plus dans aucun chiffre. Motif : {a.motif || 'non précisé'}.</p>}
      <SummaryList lignes={lignes} />
      <Section titre="Preuve pour le contrat">
        <Preuves rep={rep} fiches={k.fiches} lignes={k.lignes} />
      </Section>
      {p.comptePour.length > 0 && !retire && (
        <Section titre="Compte pour">
          <ul className="govuk-list govuk-list--bullet">
            {p.comptePour.map((m) => (
              <li key={m.id}>
                <a className="govuk-link" href={m.href}>
                  {m.libelle}
                </a>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {!p.public && <Historique {...p} />}
      {p.peutEcrire && <Retrait d={d} a={a} base={base} erreur={p.erreurRetrait} />}
    </>
  );
}

function Preuves({ rep, fiches, lignes }: { rep: Repertoire; fiches: readonly string[]; lignes: readonly string[] }) {
  if (fiches.length === 0) return <p className="govuk-body">Aucune fiche du contrat n’a été indiquée.</p>;
  return (
    <ul className="govuk-list govuk-list--bullet">
      {fiches.map((n) => (
        <li key={n}>
          <a className="govuk-link" href={`/fiches/${n}`}>
            Fiche {n}
          </a>{' '}
          {rep.fiches.get(n)?.titre}
          <ul className="govuk-list">
            {(rep.fiches.get(n)?.lignes ?? [])
              .filter((l) => lignes.includes(l.id))
              .map((l) => (
                <li key={l.id}>
                  <a className="govuk-link" href={`/fiches/${n}#${l.id}`}>
                    {l.id}
                  </a>{' '}
                  {l.libelle}
                </li>
              ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function Historique({ d, rep, activite: a, versions, lots, auditable }: RecordPageProps) {
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
