import { Pagination } from '../../../ui/Pagination.tsx';
import type { EnPages } from '../../../core/http/list-page.ts';
import { Button, LinkButton } from '../../../ui/Button.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { heure, jour } from '../../../ui/typographie.ts';
import { signataires, type Vue } from '../cellules.contexte.ts';
import type { Seance } from '../seances/seances.queries.ts';
import { ETATS_DE_SEANCE, etatDeSeance } from '../seances/seances.rules.ts';

/** Sessions, the next ones first: preparing them needs the signature, and not the phrase. */
export function Seances({ vue: v, seances, base }: { vue: Vue; seances: EnPages<Seance>; base: string }) {
  return (
    <Section titre="Séances" id="seances">
      {seances.lignes.length > 0 && (
        <Table
          legende="Séances"
          legendeMasquee
          lignes={seances.lignes}
          cle={(s) => s.id}
          colonnes={[
            {
              cle: 'jour',
              titre: 'Séance',
              entete: true,
              cellule: (s) => (
                <a className="govuk-link" href={`${base}/seances/${s.id}`}>
                  {jour(s.jour)}, {heure(s.heure)}
                </a>
              ),
            },
            { cle: 'preside', titre: 'Présidence', cellule: (s) => v.membres.find((m) => m.id === s.presideId)?.nom ?? 'Ancien membre' },
            { cle: 'etat', titre: 'État', cellule: (s) => ETATS_DE_SEANCE[etatDeSeance(s, v.aujourdhui)] },
          ]}
        />
      )}
      {seances.pages && <Pagination {...seances.pages} objet="séance" />}
      <LinkButton href={`${base}/seances/convoquer`} variante="secondaire">
        Convoquer une séance
      </LinkButton>
    </Section>
  );
}

export function Reglement({ vue: v, base }: { vue: Vue; base: string }) {
  const { reglement: r } = v;
  return (
    <Section titre="Règlement intérieur">
      <p className="govuk-body">
        {r ? `${r.reference}, adopté le ${jour(r.adopteLe)}.` : 'Pas encore joint : aucune situation n’entre avant.'}{' '}
        <a className="govuk-link" href={`${base}/reglement`}>
          {v.compose ? (r ? 'Voir ou remplacer le règlement' : 'Joindre le règlement') : 'Voir le règlement'}
        </a>
      </p>
    </Section>
  );
}

/** Signatories who wait for the key, and the parts of it. */
export function Admissions({ vue: v, base, empreintes }: { vue: Vue; base: string; empreintes: ReadonlyMap<string, string> }) {
  const attendent = signataires(v).filter((m) => m.publique !== null && m.boiteEpoque !== v.cellule.epoque);
  return (
    <>
      {attendent.length > 0 && (
        <Section titre="Passer la clé">
          {attendent.map((m) => (
            <Form key={m.id} action={`${base}/admettre/${m.id}`} masques={{ empreinte: empreintes.get(m.id) }}>
              <p className="govuk-body">
                {m.nom}, {m.fonction}, {v.cat.nomActeur(m.organisationId)}, a signé. Sa page doit montrer la même empreinte, demandez-la de vive voix :{' '}
                <strong className="c-coupe">{empreintes.get(m.id)}</strong>
              </p>
              <Button>Passer la clé à {m.nom}</Button>
            </Form>
          ))}
        </Section>
      )}
      <Section titre="Dépositaires">
        <p className="govuk-body">
          {v.cellule.partsEpoque === v.cellule.epoque
            ? 'Trois parts de la clé en vigueur ont été données. Deux suffisent à la retrouver.'
            : v.cellule.partsEpoque === null
              ? 'Aucune part n’a été donnée : si tous les membres perdent leur phrase, la cellule est perdue.'
              : 'La clé a changé : les parts données n’ouvrent plus que les anciennes sauvegardes. Faites-les détruire, et donnez-en de nouvelles.'}
        </p>
        <div className="govuk-button-group">
          <Form action={`${base}/parts`}>
            <Button variante="secondaire">Montrer trois parts, une fois</Button>
          </Form>
          <Form action={`${base}/changer-cle`}>
            <Button variante="secondaire">Changer la clé</Button>
          </Form>
        </div>
      </Section>
    </>
  );
}
