import type { Geometry } from 'geojson';
import { Button } from '../../../../ui/Button.tsx';
import { enSuite } from '../../../../ui/enSuite.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import type { ErreurDeChamp } from '../../../../ui/types.ts';
import { nombre, pluriel, surTotal } from '../../../../ui/typographie.ts';
import { ConfirmerNoms } from '../../conduite/CadreDeConduite.tsx';
import { PlanEtListe, type PointDuPlan, surLePlan } from '../../../../ui/maps/Plan.tsx';
import { champ, type Champs, type Salle } from '../../conduite/salle.ts';
import { court, type Soutien } from '../../soutien.schema.ts';
import type { Centre } from '../centres.queries.ts';
import type { Bilan } from '../comptage.rules.ts';

export const ETATS_DE_CENTRE = {
  prevu: { libelle: 'Prévu', ton: 'neutre' },
  ouvert: { libelle: 'Ouvert', ton: 'vert' },
  ferme: { libelle: 'Fermé', ton: 'laiton' },
} as const;

interface Props {
  salle: Salle;
  soutien: Soutien;
  centres: readonly { centre: Centre; bilan: Bilan }[];
  tout: Bilan;
  /** Under the plan. */
  contours: ReadonlyMap<string, Geometry>;
  tuiles: string | null;
  ouvre: boolean;
  champs: Champs;
  erreurs: readonly ErreurDeChamp[];
}
export const genreDit = (soutien: Soutien, code: string): string => {
  const g = soutien.centres.find((x) => x.code === code);
  return g ? court(g) : code;
};

/** Where it is on the plan; none without a point. Open ones stand out. */
const surLeDessin = (soutien: Soutien, { centre: c, bilan }: Props['centres'][number]): PointDuPlan[] =>
  c.lon === null || c.lat === null
    ? []
    : [
        {
          id: `centre-${c.id}`,
          lon: c.lon,
          lat: c.lat,
          libelle: `${genreDit(soutien, c.genre)}, ${c.nom}, ${ETATS_DE_CENTRE[c.etat].libelle.toLowerCase()}, ${surTotal(bilan.presentes, c.capacite)} présents`,
          href: `/crises/${c.criseId}/centres/${c.id}`,
          ton: c.etat === 'ouvert' ? 'fort' : 'moyen',
        },
      ];

export function CentresPage(p: Props) {
  const { salle: k, soutien, tout } = p;
  const points = p.centres.flatMap((x) => surLeDessin(soutien, x));
  const horsPlan = p.centres.length - points.length;
  return (
    <>
      <Section titre="Lieux activés">
        <PlanEtListe titre="Plan des lieux activés" contours={p.contours} points={points} tuiles={p.tuiles}>
          <Table
            legende="Centres de la crise"
            legendeMasquee
            lignes={p.centres}
            cle={(x) => x.centre.id}
            vide={<p className="govuk-body">Aucun centre.</p>}
            colonnes={[
              {
                cle: 'nom',
                titre: 'Centre',
                entete: true,
                cellule: (x) => (
                  <a className="govuk-link" href={`/crises/${k.crise.id}/centres/${x.centre.id}`} {...(surLeDessin(soutien, x).map(surLePlan)[0] ?? {})}>
                    {genreDit(soutien, x.centre.genre)}, {x.centre.nom}
                  </a>
                ),
              },
              { cle: 'etat', titre: 'État', cellule: ({ centre: c }) => <Tag ton={ETATS_DE_CENTRE[c.etat].ton}>{ETATS_DE_CENTRE[c.etat].libelle}</Tag> },
              { cle: 'adresse', titre: 'Adresse', cellule: ({ centre: c }) => c.adresse },
              { cle: 'presents', titre: 'Présents', numerique: true, cellule: ({ centre: c, bilan }) => surTotal(bilan.presentes, c.capacite) },
              { cle: 'accueillis', titre: 'Accueillis en tout', numerique: true, cellule: ({ bilan }) => nombre(bilan.accueillies) },
            ]}
          />
          {points.length > 0 && horsPlan > 0 && <p className="govuk-body-s">{`Sans point sur le plan : ${pluriel(horsPlan, 'centre')}.`}</p>}
        </PlanEtListe>
      </Section>
      {p.centres.length > 0 && (
        <Section titre={p.centres.length > 1 ? 'Arrivées, tous centres ensemble' : 'Arrivées'}>
          {p.centres.length > 1 && <p className="govuk-body">Chaque centre compte qui entre : une personne passée par deux centres y est deux fois.</p>}
          <Personnes soutien={soutien} bilan={tout} />
        </Section>
      )}
      {p.ouvre && <Prevoir {...p} />}
    </>
  );
}

/** Every kind with its definition: who is counted where is not for a desk to invent. */
export function Personnes({ soutien, bilan }: { soutien: Soutien; bilan: Bilan }) {
  return (
    <>
      <Table
        legende="Personnes concernées, en nombre"
        legendeMasquee
        lignes={soutien.personnes}
        cle={(x) => x.code}
        colonnes={[
          { cle: 'qui', titre: 'Qui', entete: true, cellule: (x) => x.libelle },
          { cle: 'nombre', titre: 'Nombre', numerique: true, cellule: (x) => nombre(bilan.arrivees.get(x.code) ?? 0) },
          { cle: 'sens', titre: 'Définition', cellule: (x) => x.sens },
        ]}
      />
      {bilan.enTrop > 0 && (
        <p className="govuk-body">
          <strong>{nombre(bilan.enTrop)} départs de plus que d’arrivées :</strong> un guichet n’a pas encore tout envoyé, ou s’est trompé.
        </p>
      )}
      <p className="govuk-body-s">Des nombres seulement : aucune liste de personnes n’est tenue ici.</p>
    </>
  );
}

function Prevoir({ salle: k, soutien, centres, champs, erreurs }: Props) {
  const f = champ(champs, erreurs);
  const accueillants = centres.filter(({ centre: c }) => soutien.centres.some((g) => g.dans === c.genre));
  return (
    <Section titre="Prévoir un centre">
      <Form action={`/crises/${k.crise.id}/centres`}>
        <Select
          {...f('genre')}
          libelle="Genre"
          vide="choisir"
          options={soutien.centres.map((g) => ({ valeur: g.code, libelle: g.sigle ? `${g.sigle}, ${g.libelle.toLowerCase()}` : g.libelle }))}
        />
        <ul className="govuk-list cr-definitions">
          {enSuite(soutien.centres, (g) => (
            <li>
              <strong>{court(g)}</strong> : {g.sens}
            </li>
          ))}
        </ul>
        <TextInput {...f('nom')} libelle="Nom du lieu" />
        <TextInput {...f('adresse')} libelle="Adresse" />
        <TextInput
          {...f('point')}
          libelle="Point sur le plan"
          aide="Latitude puis longitude, comme une carte les donne : 48.8872 2.3601."
          facultatif
          largeur={20}
          autoComplete="off"
        />
        <Select
          {...f('territoire', k.crise.territoireId)}
          libelle="Territoire"
          vide="choisir"
          options={[...k.cat.territoires.values()]
            .filter((t) => t.id === k.cat.racine.id || t.parent === k.cat.racine.id)
            .map((t) => ({ valeur: t.id, libelle: t.nom }))}
        />
        <TextInput {...f('capacite')} libelle="Capacité" inputMode="numeric" largeur={4} suffixe="personnes" />
        {accueillants.length > 0 && (
          <Select
            {...f('dans')}
            libelle="Dans un autre centre"
            facultatif
            vide="non"
            options={accueillants.map(({ centre: c }) => ({ valeur: c.id, libelle: `${genreDit(soutien, c.genre)}, ${c.nom}` }))}
          />
        )}
        <ConfirmerNoms erreurs={erreurs} />
        <Button>Prévoir ce centre</Button>
      </Form>
    </Section>
  );
}
