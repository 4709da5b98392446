import { DateInput } from '../../../../ui/DateInput.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { optionsDActeurs, optionsDeFiches, optionsDeLieu, TOUT } from '../../../contrats/index.ts';
import type { Champ, ChampLien, DefinitionRegistre } from '../../definition.ts';
import { ETAPES } from '../../etapes/etapes.rules.ts';
import type { CibleConnue } from '../../liens/cible.ts';
import { direCible } from '../../liens/liens.rules.ts';
import { FiltreDeLieu } from '../../lieux/pages/FiltreDeLieu.tsx';
import type { Repertoire } from '../../registres.repertoire.ts';
import { liensDe } from '../../registres.rules.ts';
import { optionsTerritoires } from '../../saisie/pages/RecordForm.tsx';
import { direOption } from '../../valeurs.rules.ts';
import { type Filtres, naturesDe, TOUTE_NATURE, TRIS } from '../filtres.schema.ts';

interface Props {
  d: DefinitionRegistre;
  rep: Repertoire;
  /** Records that a link may be filtered by, for each link. */
  choix: ReadonlyMap<string, readonly CibleConnue[]>;
  filtres: Filtres;
}

/** Filters that every register has, then its own. */
export function ChampsDeFiltre({ d, rep, choix, filtres: f }: Props) {
  const acteurs = optionsDActeurs(rep);
  return (
    <>
      <TextInput nom="q" libelle="Mots" type="search" valeur={f.q} />
      <DateInput nom="du" libelle="À partir du" valeur={f.du ?? ''} />
      <DateInput nom="au" libelle="Jusqu’au" valeur={f.au ?? ''} />
      <Select
        nom="territoire"
        libelle="Territoire"
        valeur={f.territoire ?? TOUT}
        options={[...optionsDeLieu([], rep), ...optionsTerritoires(rep).filter((o) => o.valeur !== rep.racine.id)]}
      />
      <Select nom="organisation" libelle={d.organisation} valeur={f.organisation ?? ''} options={acteurs} vide="Toutes" />
      <Select nom="fiche" libelle="Fiche du contrat" valeur={f.fiche ?? ''} options={optionsDeFiches(rep)} vide="Toutes" />
      {d.champs.filter((c) => c.filtre).map((c) => filtreDe(c, f.champs[c.code] ?? '', acteurs))}
      {liensDe(d).map((c) => filtreDeLien(c, f.champs[c.code] ?? '', choix.get(c.code) ?? [], rep))}
      <FiltreDeLieu rep={rep} valeur={f.lieu ?? ''} />
      {d.etapes && (
        <Select
          nom="etape"
          libelle="Étape"
          valeur={f.etape ?? ''}
          options={Object.entries(ETAPES).map(([valeur, libelle]) => ({ valeur, libelle }))}
          vide="Toutes"
        />
      )}
      <Select nom="tri" libelle="Ordre" valeur={f.tri} options={Object.entries(TRIS).map(([valeur, libelle]) => ({ valeur, libelle }))} />
      <Select
        nom="statut"
        libelle="État"
        valeur={f.statut}
        options={[
          { valeur: 'publie', libelle: 'En vigueur' },
          { valeur: 'retire', libelle: 'Retirés' },
        ]}
      />
    </>
  );
}

function filtreDe(c: Champ, valeur: string, acteurs: readonly { valeur: string; libelle: string }[]) {
  const options =
    c.type === 'liste'
      ? c.options.map((o) => ({ valeur: o.code, libelle: direOption(o) }))
      : c.type === 'booleen'
        ? [
            { valeur: 'oui', libelle: 'Oui' },
            { valeur: 'non', libelle: 'Non' },
          ]
        : c.type === 'acteur'
          ? acteurs
          : c.type === 'lignes'
            ? [{ valeur: TOUTE_NATURE, libelle: 'Toutes' }, ...(naturesDe(c)?.options ?? []).map((o) => ({ valeur: o.code, libelle: direOption(o) }))]
            : null;
  return (
    options && <Select key={c.code} nom={c.code} libelle={c.libelle} valeur={valeur} options={options} vide={c.type === 'lignes' ? 'Sans filtre' : 'Tous'} />
  );
}

function filtreDeLien(c: ChampLien, valeur: string, choix: readonly CibleConnue[], rep: Repertoire) {
  const tenue = valeur === '' || choix.some((x) => x.id === valeur) ? [] : [{ valeur, libelle: direCible(rep.cibles?.get(valeur)) }];
  const options = [...tenue, ...choix.map((x) => ({ valeur: x.id, libelle: direCible(x) }))];
  return options.length > 0 && <Select key={c.code} nom={c.code} libelle={c.libelle} valeur={valeur} options={options} vide="Tous" />;
}
