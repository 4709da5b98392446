import { Button, ButtonGroup, LinkButton } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Pagination } from '../../../../ui/Pagination.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourEtHeure, nombre, pluriel } from '../../../../ui/typographie.ts';
import type { EtatLigne, LigneDeLot, Lot } from '../../activite.ts';
import { nomTerritoire } from '../../champs.tsx';
import type { DefinitionRegistre } from '../../definition.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { dateCourte } from '../../valeurs.rules.ts';
import { ETATS } from './ImportPage.tsx';

export interface LotPageProps {
  d: DefinitionRegistre;
  rep: Repertoire;
  lot: Lot;
  etat: EtatLigne | null;
  lignes: readonly LigneDeLot[];
  page: number;
  parPage: number;
  erreurs: { motif?: string; feuille?: string };
}

const LIGNES: Readonly<Record<EtatLigne, string>> = { nouvelle: 'Nouvelle', corrigee: 'Corrigée', connue: 'Déjà connue', erreur: 'À corriger' };

/** A batch: the preview before publication, the account of it after. */
export function LotPage(p: LotPageProps) {
  const { d, lot } = p;
  const base = `/registres/${d.code}/imports/${lot.id}`;
  const comptes: [EtatLigne | null, string, number][] = [
    [null, 'Lignes lues', lot.lues],
    ['nouvelle', 'Nouvelles', lot.nouvelles],
    ['corrigee', 'Corrigées : l’identifiant existe, le contenu a changé', lot.corrigees],
    ['connue', 'Déjà connues, identiques', lot.connues],
    ['erreur', 'À corriger, ne seront pas publiées', lot.enErreur],
  ];
  const total = comptes.find(([e]) => e === p.etat)?.[2] ?? lot.lues;
  return (
    <>
      <PageHeader titre={lot.fichier} surtitre={`Import – ${d.libelle}`} etiquette={<Tag ton={ETATS[lot.etat].ton}>{ETATS[lot.etat].libelle}</Tag>} />
      <p className="govuk-body">
        Déposé le {jourEtHeure(lot.creeLe)} par {lot.auteur}.{lot.publieLe && ` Publié le ${jourEtHeure(lot.publieLe)} par ${lot.publiePar ?? ''}.`}
        {lot.annuleLe && ` Annulé le ${jourEtHeure(lot.annuleLe)} par ${lot.annulePar ?? ''}.`}
      </p>
      {lot.feuille !== null && <Feuille {...p} base={base} />}
      {lot.etat === 'annule' && lot.publieLe && (
        <p className="govuk-body">
          {`${pluriel(lot.retablies, 'enregistrement remis', 'enregistrements remis')} dans l’état d’avant.`}
          {lot.gardees > 0 && ` ${pluriel(lot.gardees, 'enregistrement corrigé', 'enregistrements corrigés')} depuis l’import, laissé en l’état.`}
        </p>
      )}
      {lot.remarques.map((r) => (
        <p key={r} className="govuk-inset-text">
          {r}
        </p>
      ))}
      <SummaryList
        lignes={comptes.map(([etat, libelle, n]) => ({
          cle: libelle,
          valeur:
            n === 0 ? (
              '0'
            ) : (
              <a className="govuk-link" href={etat === null ? base : `${base}?etat=${etat}`}>
                {nombre(n)}
              </a>
            ),
        }))}
      />
      <Actions {...p} base={base} />
      <Section titre={p.etat === null ? 'Lignes du fichier' : `Lignes du fichier : ${LIGNES[p.etat].toLowerCase()}`}>
        <Table
          legende="Lignes du fichier"
          legendeMasquee
          dense
          lignes={p.lignes}
          cle={(l) => String(l.numero)}
          vide="Aucune ligne."
          colonnes={[
            { cle: 'numero', titre: 'Ligne', numerique: true, cellule: (l) => l.numero },
            {
              cle: 'etat',
              titre: 'État',
              cellule: (l) => <Tag ton={l.etat === 'erreur' ? 'garance' : l.etat === 'connue' ? 'neutre' : 'vert'}>{LIGNES[l.etat]}</Tag>,
            },
            { cle: 'contenu', titre: 'Ce qui a été compris', cellule: (l) => <Compris {...p} ligne={l} /> },
          ]}
        />
        <Pagination page={p.page} total={total} parPage={p.parPage} href={(n) => `${base}?${p.etat ? `etat=${p.etat}&` : ''}page=${n}`} objet="ligne" />
      </Section>
    </>
  );
}

/** Which sheet was read; another may be chosen while nothing is published. */
function Feuille({ lot, erreurs, base }: LotPageProps & { base: string }) {
  const autres = lot.feuilles.filter((f) => f !== lot.feuille);
  return (
    <>
      <p className="govuk-body">
        Feuille lue : <strong>{lot.feuille}</strong>
        {lot.feuilles.length > 1 && `, sur ${lot.feuilles.length} feuilles visibles`}.
      </p>
      {lot.etat === 'prepare' && lot.relisible && autres.length > 0 && (
        <Form action={`${base}/feuille`}>
          <Select nom="feuille" libelle="Lire une autre feuille" options={autres.map((f) => ({ valeur: f, libelle: f }))} erreur={erreurs.feuille} />
          <Button variante="secondaire">Lire cette feuille</Button>
        </Form>
      )}
    </>
  );
}

function Compris({ d, rep, ligne: l }: LotPageProps & { ligne: LigneDeLot }) {
  if (l.erreurs.length > 0)
    return (
      <>
        <ul className="govuk-list govuk-!-margin-bottom-1">
          {l.erreurs.map((e) => (
            <li key={`${e.colonne}${e.message}`}>
              <strong>{e.colonne}</strong> – {e.message}
            </li>
          ))}
        </ul>
        <span className="govuk-hint">
          {Object.entries(l.brut)
            .slice(0, 4)
            .map(([k, v]) => `${k} : ${v}`)
            .join(' · ')}
        </span>
      </>
    );
  const k = l.contenu;
  if (!k) return null;
  const texte = `${dateCourte(k.jour)} – ${k.titre} – ${nomTerritoire(rep, k.territoire_id)}`;
  return l.activiteId ? (
    <a className="govuk-link" href={`/registres/${d.code}/${l.activiteId}`}>
      {texte}
    </a>
  ) : (
    texte
  );
}

function Actions({ d, lot, base, erreurs }: LotPageProps & { base: string }) {
  const aPublier = lot.nouvelles + lot.corrigees;
  if (lot.etat === 'annule') return null;
  if (lot.etat === 'publie')
    return (
      <>
        <ButtonGroup>
          <LinkButton href={`/registres/${d.code}?lot=${lot.id}&territoire=tous`} variante="secondaire">
            Voir les enregistrements
          </LinkButton>
        </ButtonGroup>
        <Form action={`${base}/annuler`}>
          <TextInput
            nom="motif"
            libelle="Motif de l’annulation"
            erreur={erreurs.motif}
            aide="Les nouveaux enregistrements seront retirés, les autres reprendront leur version d’avant."
          />
          <Button variante="danger">Annuler cet import</Button>
        </Form>
      </>
    );
  return (
    <Form action={`${base}/publier`}>
      {lot.enErreur > 0 && (
        <p className="govuk-body">
          {`${pluriel(lot.enErreur, 'ligne')} à corriger : vous pouvez publier les autres et importer un fichier corrigé ensuite, ou corriger d’abord.`}
        </p>
      )}
      <ButtonGroup>
        {aPublier > 0 && <Button>{`Publier ${pluriel(aPublier, 'ligne')}`}</Button>}
        <LinkButton href={`/registres/${d.code}/imports`} variante="secondaire">
          Choisir un autre fichier
        </LinkButton>
      </ButtonGroup>
    </Form>
  );
}
