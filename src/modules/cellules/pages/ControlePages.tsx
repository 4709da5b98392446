import type { EnPages } from '../../../core/http/list-page.ts';
import { Button } from '../../../ui/Button.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { Pagination } from '../../../ui/Pagination.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { Table } from '../../../ui/Table.tsx';
import { enumerer, jour, jourEtHeure, pluriel } from '../../../ui/typographie.ts';
import type { Vue } from '../cellules.contexte.ts';
import { direMotif, direTitre } from '../charte/charte.rules.ts';
import type { Charte } from '../charte/charte.schema.ts';
import type { Certificat, Situation } from '../destruction/destruction.queries.ts';
import type { LectureLue, listRecherches } from '../situations/situations.queries.ts';

type Recherche = Awaited<ReturnType<typeof listRecherches>>[number];

interface PropsDesLectures {
  vue: Vue;
  charte: Charte;
  lectures: readonly LectureLue[];
}
export function Lectures({ vue: v, charte, lectures, vide = 'Personne encore.' }: PropsDesLectures & { vide?: string }) {
  const groupe = (g: string) => charte.groupes.find((x) => x.code === g)?.libelle ?? g;
  return (
    <Table
      legende="Lectures, la dernière d’abord"
      legendeMasquee
      dense
      lignes={lectures}
      cle={(l) => String(l.id)}
      vide={<p className="govuk-body">{vide}</p>}
      colonnes={[
        { cle: 'le', titre: 'Quand', entete: true, cellule: (l) => jourEtHeure(l.le) },
        { cle: 'situation', titre: 'Situation', cellule: (l) => `n° ${l.numero}` },
        { cle: 'qui', titre: 'Qui', cellule: (l) => v.membres.find((m) => m.id === l.membreId)?.nom ?? 'Ancien membre' },
        { cle: 'institution', titre: 'Pour', cellule: (l) => v.cat.nomActeur(l.organisationId) },
        {
          cle: 'titre',
          titre: 'À quel titre',
          cellule: (l) =>
            [direTitre(charte, l.titre), l.seanceId && (l.seanceJour ? `séance du ${jour(l.seanceJour)}` : 'en séance'), l.motif && direMotif(charte, l.motif)]
              .filter(Boolean)
              .join(', '),
        },
        { cle: 'quoi', titre: 'Quoi', cellule: (l) => enumerer(l.groupes.map(groupe)) },
      ]}
    />
  );
}

interface PropsDesPages {
  page: number;
  total: number;
  parPage: number;
  filtre: { membre: string; numero: string };
  /** What was typed is no number: nothing is listed for it. */
  erreur?: string;
  recherches: EnPages<Recherche>;
}
export function LecturesPage({ page, total, parPage, filtre, erreur, recherches, ...p }: PropsDesLectures & PropsDesPages) {
  const base = `/cellules/${p.vue.cellule.id}/lectures`;
  return (
    <>
      <ErrorSummary erreurs={erreur ? [{ champ: 'numero', message: erreur }] : []} />
      <PageHeader
        titre="Qui a lu"
        surtitre={p.vue.nom}
        chapo="Chaque lecture de situation depuis un an : sous quel siège, pour quelle institution, dans quelle séance."
      />
      <Form action={base} methode="get">
        <Select
          nom="membre"
          libelle="Membre"
          vide="Tous"
          valeur={filtre.membre}
          options={p.vue.membres.map((m) => ({ valeur: m.id, libelle: `${m.nom}, ${p.vue.cat.nomActeur(m.organisationId)}` }))}
        />
        <TextInput nom="numero" libelle="Numéro de la situation" largeur={4} valeur={filtre.numero} inputMode="numeric" erreur={erreur} />
        <Button variante="secondaire">Filtrer</Button>
      </Form>
      <Lectures {...p} vide={filtre.membre || filtre.numero ? 'Aucune lecture depuis un an pour ce choix.' : 'Aucune lecture depuis un an.'} />
      <Pagination
        page={page}
        total={total}
        parPage={parPage}
        href={(n) =>
          `${base}?${new URLSearchParams({ ...(filtre.membre ? { membre: filtre.membre } : {}), ...(filtre.numero ? { numero: filtre.numero } : {}), page: String(n) })}`
        }
        objet="lecture"
      />
      <Section titre="Noms cherchés avant d’entrer" id="recherches">
        <p className="govuk-body">Une recherche répond oui ou non, et un numéro. Chacun en fait quarante par jour au plus.</p>
        <Table
          legende="Recherches, jour par jour"
          legendeMasquee
          dense
          lignes={recherches.lignes}
          cle={(r) => `${r.membreId} ${r.jour}`}
          vide={<p className="govuk-body">Aucune.</p>}
          colonnes={[
            { cle: 'jour', titre: 'Jour', entete: true, cellule: (r) => jour(r.jour) },
            { cle: 'qui', titre: 'Qui', cellule: (r) => p.vue.membres.find((m) => m.id === r.membreId)?.nom ?? 'Ancien membre' },
            { cle: 'nombre', titre: 'Noms cherchés', numerique: true, cellule: (r) => r.nombre },
          ]}
        />
        {recherches.pages && <Pagination {...recherches.pages} objet="jour" />}
      </Section>
    </>
  );
}

interface PropsDesDestructions {
  vue: Vue;
  aVenir: readonly Situation[];
  certificats: readonly Certificat[];
  jusquau: string;
}
export function DestructionsPage({ vue: v, aVenir, certificats, jusquau }: PropsDesDestructions) {
  return (
    <>
      <PageHeader titre="Destructions" surtitre={v.nom} chapo="Chaque nuit, ce qui arrive à son terme est détruit : la clé d’abord, puis les lignes." />
      <Section titre={`D’ici au ${jour(jusquau)}`}>
        <p className="govuk-body">
          {aVenir.length === 0 ? 'Rien ne sera détruit.' : `${pluriel(aVenir.length, 'situation sera détruite', 'situations seront détruites')}.`}
        </p>
        {aVenir.length > 0 && (
          <Table
            legende="À détruire"
            legendeMasquee
            lignes={aVenir}
            cle={(s) => s.id}
            colonnes={[
              { cle: 'numero', titre: 'Situation', entete: true, cellule: (s) => `n° ${s.numero}` },
              { cle: 'entree', titre: 'Entrée', cellule: (s) => jour(s.creeeLe) },
              { cle: 'le', titre: 'Détruite', cellule: (s) => (s.destructionLe <= v.aujourdhui ? 'cette nuit' : jour(s.destructionLe)) },
            ]}
          />
        )}
      </Section>
      <Section titre="Certificats">
        <Table
          legende="Certificats de destruction"
          legendeMasquee
          lignes={certificats}
          cle={(c) => c.situationId}
          vide={<p className="govuk-body">Aucune situation n’a été détruite.</p>}
          colonnes={[
            { cle: 'le', titre: 'Établi', entete: true, cellule: (c) => jourEtHeure(c.etabliLe) },
            { cle: 'situation', titre: 'Situation', cellule: (c) => <span className="c-coupe">{c.situationId}</span> },
            {
              cle: 'entier',
              titre: 'Certificat',
              cellule: (c) => (
                <Details resume={`Lire le certificat du ${jourEtHeure(c.etabliLe)}`}>
                  <SummaryList
                    serre
                    lignes={[
                      { cle: 'Ce qui est signé', valeur: <span className="c-coupe">{c.contenu}</span> },
                      { cle: 'Signature (Ed25519)', valeur: <span className="c-coupe">{c.signature.toString('hex')}</span> },
                      { cle: 'Clé publique', valeur: <span className="c-coupe">{c.publique.toString('hex')}</span> },
                    ]}
                  />
                </Details>
              ),
            },
          ]}
        />
        <p className="govuk-body">Un administrateur les vérifie tous, journal et trousseau compris, par « concorde cellules verifier ».</p>
      </Section>
    </>
  );
}
