import type { ReactNode } from 'react';
import { LinkButton } from '../../../../ui/Button.tsx';
import { FilterPanel } from '../../../../ui/FilterPanel.tsx';
import { buildPresence } from '../../../../ui/maps/scale.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { enumerer, jour, pluriel, surTotal } from '../../../../ui/typographie.ts';
import type { Catalogue, Territoire } from '../../../contrats/index.ts';
import { CarteDePresence } from '../../pages/CarteDePresence.tsx';
import type { Referent } from '../referents.queries.ts';
import { type Couverture, direSuite } from '../referents.rules.ts';
import type { RoleDeReferent } from '../referents.ts';

interface Place {
  territoire: Territoire;
  couverture: Couverture<Referent>;
}
interface RoleCouvert {
  role: RoleDeReferent;
  places: readonly Place[];
}
interface Props {
  catalogue: Catalogue;
  roles: readonly RoleCouvert[];
  choisi: string;
  joindre: (r: Referent) => boolean;
  designe: boolean;
}

const PRESENCE = buildPresence('personne', 'un référent ou plus');

/** « Pas de référent depuis le 1er mars 2026 ». */
function direCouverture(c: Couverture<Referent>): string {
  if (c.etat === 'couvert' || c.etat === 'partiel') return c.finit ? `jusqu’au ${jour(c.finit)}${direSuite(c.suite, jour)}` : '';
  const suite = c.prochain ? `, le prochain à partir du ${jour(c.prochain)}` : '';
  return c.etat === 'trou' ? `Pas de référent depuis le ${jour(c.depuis)}${suite}` : `Aucun référent enregistré${suite}`;
}

export function ReferentsPage(p: Props) {
  const montres = p.roles.filter((r) => !p.choisi || r.role.code === p.choisi);
  return (
    <>
      <PageHeader
        titre="Référents et correspondants"
        chapo="Qui tient quel rôle, où, jusqu’à quand, et où personne ne le tient."
        actions={
          p.designe ? <LinkButton href={`/annuaire/referents/nouveau${p.choisi ? `?role=${p.choisi}` : ''}`}>Désigner un référent</LinkButton> : undefined
        }
      />
      <FilterPanel action="/annuaire/referents" actifs={[]} effacer="/annuaire/referents">
        <Select nom="role" libelle="Rôle" vide="tous" valeur={p.choisi} options={p.roles.map((r) => ({ valeur: r.role.code, libelle: r.role.libelle }))} />
      </FilterPanel>
      {montres.length === 0 && <p className="govuk-body">Ce contrat ne nomme aucun rôle de référent.</p>}
      {montres.map((r) => (
        <UnRole key={r.role.code} {...r} props={p} />
      ))}
    </>
  );
}

function UnRole({ role, places, props: p }: RoleCouvert & { props: Props }) {
  const couvertes = places.filter((x) => x.couverture.etat === 'couvert').length;
  // Where nobody ever was is said in one line: rows are for what is known of somebody.
  const jamais = places.filter(({ couverture: c }) => c.etat === 'jamais' && c.prochain === null);
  const connues = places.filter((x) => !jamais.includes(x));
  const nombres = places.map(({ territoire, couverture: c }) => ({ territoire, n: 'referents' in c ? c.referents.length : 0 }));
  return (
    <Section titre={role.libelle} id={role.code}>
      {role.parTerritoire && <p className="govuk-body">{`Couverture : ${surTotal(couvertes, places.length)} territoires.`}</p>}
      {p.choisi === role.code && role.parTerritoire && (
        <CarteDePresence id="tuiles-referents" titre={`Référents par territoire : ${role.libelle}`} unite="référents" gamme={PRESENCE} nombres={nombres} />
      )}
      {connues.length > 0 && (
        <Table
          legende={role.libelle}
          legendeMasquee
          dense
          colonnes={[
            { cle: 'ou', titre: 'Territoire', entete: true, cellule: (x) => x.territoire.nom },
            { cle: 'qui', titre: 'Référent', cellule: (x) => <Qui place={x} catalogue={p.catalogue} joindre={p.joindre} /> },
            { cle: 'quand', titre: 'Terme', cellule: (x) => direCouverture(x.couverture) || 'sans terme connu' },
          ]}
          lignes={connues}
          cle={(x) => x.territoire.id}
        />
      )}
      {jamais.length > 0 && (
        <p className="govuk-body-s">
          Aucun référent enregistré
          {role.parTerritoire && (
            <>
              {' : '}
              {jamais.length === places.length && jamais.length > 1
                ? `nulle part, sur ${pluriel(places.length, 'territoire')}`
                : enumerer(jamais.map((x) => x.territoire.nom))}
            </>
          )}
          .{' '}
          {p.designe && (
            <a className="govuk-link" href={`/annuaire/referents/nouveau?role=${role.code}`}>
              Désigner<span className="govuk-visually-hidden"> : {role.libelle}</span>
            </a>
          )}
        </p>
      )}
    </Section>
  );
}

function Qui({
  place: { territoire, couverture: c },
  catalogue,
  joindre,
}: {
  place: Place;
  catalogue: Catalogue;
  joindre: (r: Referent) => boolean;
}): ReactNode {
  const la = 'referents' in c ? c.referents : c.etat === 'trou' ? (c.partis ?? []) : [];
  if (la.length === 0) return 'personne';
  return (
    <>
      {c.etat === 'partiel' && 'en partie : '}
      <ul className="c-referents">
        {la.map((r) => (
          <li key={r.id}>
            <a className="govuk-link" href={`/annuaire/referents/${r.id}`}>
              {r.nom}
            </a>
            {r.territoireId !== territoire.id && `, pour ${catalogue.territoires.get(r.territoireId)?.nom ?? r.territoireId}`}
            {joindre(r) && [r.telephone, r.courriel].filter(Boolean).length > 0 && ` (${[r.telephone, r.courriel].filter(Boolean).join(', ')})`}
            {r.fermeLe && `, compte fermé le ${jour(r.fermeLe)} : successeur à désigner`}
            {r.suppleantNom && `, suppléant ${r.suppleantNom}`}
          </li>
        ))}
      </ul>
    </>
  );
}
