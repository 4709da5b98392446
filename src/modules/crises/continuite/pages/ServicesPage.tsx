import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { jourEtHeure } from '../../../../ui/typographie.ts';
import type { Centre } from '../../centres/centres.queries.ts';
import { genreDit } from '../../centres/pages/CentresPage.tsx';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import type { Soutien } from '../../soutien.schema.ts';
import type { EtatDit } from '../continuite.queries.ts';
import { ETATS_DE_SERVICE } from '../continuite.rules.ts';

/** « RATP, noté par N. B., DPMP » where who wrote it is of another organisation, or of one that was not kept. */
const direQui = (e: EtatDit, c: Salle['cat']): string =>
  [
    c.nomActeurA(e.ditPar, e.territoireId),
    ...(e.organisationId === e.ditPar ? [] : [`noté par ${e.par}`, e.organisationId === null ? '' : c.nomActeur(e.organisationId)]),
  ]
    .filter(Boolean)
    .join(', ');

interface Props {
  salle: Salle;
  soutien: Soutien;
  etats: readonly EtatDit[];
  historique: readonly EtatDit[];
  /** Open ones. */
  centres: readonly Centre[];
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}

export function ServicesPage(p: Props) {
  const { salle: k, soutien } = p;
  const libelle = (code: string) => soutien.services.find((s) => s.code === code)?.libelle ?? code;
  const lieu = (e: EtatDit) => [e.lieu, k.cat.territoires.get(e.territoireId)?.nom ?? e.territoireId].filter(Boolean).join(', ');
  const colonnes = [
    { cle: 'service', titre: 'Service', entete: true, cellule: (e: EtatDit) => libelle(e.service) },
    { cle: 'lieu', titre: 'Où', cellule: lieu },
    { cle: 'etat', titre: 'État', cellule: (e: EtatDit) => <Tag ton={ETATS_DE_SERVICE[e.etat].ton}>{ETATS_DE_SERVICE[e.etat].libelle}</Tag> },
    { cle: 'depuis', titre: 'Depuis', cellule: (e: EtatDit) => jourEtHeure(e.depuis) },
    { cle: 'dit', titre: 'Dit par', cellule: (e: EtatDit) => direQui(e, k.cat) },
    { cle: 'note', titre: 'Précision', cellule: (e: EtatDit) => e.note },
  ];
  const jamaisDits = soutien.services.filter((s) => !p.etats.some((e) => e.service === s.code));
  return (
    <>
      <Section titre="État des services">
        <Table
          legende="État des services"
          legendeMasquee
          lignes={p.etats}
          cle={(e) => e.id}
          vide={<p className="govuk-body">Personne n’a encore dit l’état d’un service.</p>}
          colonnes={colonnes}
        />
        {p.etats.length > 0 && jamaisDits.length > 0 && (
          <p className="govuk-body">Rien n’est dit de : {jamaisDits.map((s) => s.libelle.toLowerCase()).join(', ')}.</p>
        )}
      </Section>
      <Section titre="Lieux d’accueil ouverts">
        <Table
          legende="Lieux d’accueil ouverts"
          legendeMasquee
          lignes={p.centres}
          cle={(c) => c.id}
          vide={<p className="govuk-body">Aucun.</p>}
          colonnes={[
            { cle: 'nom', titre: 'Lieu', entete: true, cellule: (c) => `${genreDit(soutien, c.genre)}, ${c.nom}` },
            { cle: 'adresse', titre: 'Adresse', cellule: (c) => c.adresse },
            { cle: 'ou', titre: 'Territoire', cellule: (c) => k.cat.territoires.get(c.territoireId)?.nom ?? c.territoireId },
          ]}
        />
      </Section>
      {k.ecrit && !k.fini && <Dire {...p} />}
      {p.historique.length > 0 && (
        <Details resume={`Tout ce qui a été dit (${p.historique.length === 200 ? 'les 200 derniers' : p.historique.length})`}>
          <Table
            legende="Historique"
            legendeMasquee
            lignes={p.historique}
            cle={(e) => e.id}
            colonnes={[...colonnes, { cle: 'le', titre: 'Écrit', cellule: (e: EtatDit) => `le ${jourEtHeure(e.le)}, ${e.par}` }]}
          />
        </Details>
      )}
    </>
  );
}

function Dire({ salle: k, soutien, champs, erreurs }: Props) {
  const f = champ(champs, erreurs);
  const { ici, autres } = k.cat.acteursA(k.crise.territoireId);
  const options = [...ici, ...autres].map((a) => ({ valeur: a.id, libelle: k.cat.nomActeurA(a.id, k.crise.territoireId) }));
  return (
    <Section titre="Dire l’état d’un service">
      <Form action={`/crises/${k.crise.id}/services`}>
        <Select {...f('service')} libelle="Service" vide="choisir" options={soutien.services.map((s) => ({ valeur: s.code, libelle: s.libelle }))} />
        <TextInput {...f('lieu')} libelle="Un lieu précis" facultatif aide="Vide : le service entier, sur ce territoire." />
        <Select
          {...f('territoire', k.crise.territoireId)}
          libelle="Territoire"
          vide="choisir"
          options={[...k.cat.territoires.values()]
            .filter((t) => t.id === k.cat.racine.id || t.parent === k.cat.racine.id)
            .map((t) => ({ valeur: t.id, libelle: t.nom }))}
        />
        <Select
          {...f('etat')}
          libelle="État"
          vide="choisir"
          options={Object.entries(ETATS_DE_SERVICE).map(([valeur, e]) => ({ valeur, libelle: e.libelle }))}
        />
        <TextInput {...f('depuis')} libelle="Depuis" facultatif aide="Comme 14h30 : la dernière fois qu’il a été cette heure. Vide : maintenant." largeur={5} />
        <Select {...f('dit_par', k.qui.organisationId)} libelle="Qui l’a dit" vide="choisir" options={options} />
        <TextInput {...f('note')} libelle="Précision" facultatif aide="Sans nom de personne." />
        <ConfirmerNoms erreurs={erreurs} />
        <Button>Enregistrer</Button>
      </Form>
    </Section>
  );
}
