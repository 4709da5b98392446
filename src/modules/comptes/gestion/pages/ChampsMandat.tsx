import { ROLES, type Role } from '../../../../core/authorize.ts';
import { DateInput } from '../../../../ui/DateInput.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';

export interface ChampsMandatProps {
  roles: readonly Role[];
  /** An account may be opened without mandate. */
  sansMandat?: boolean;
  territoires: readonly { id: string; nom: string }[];
  fiches: readonly { numero: string; titre: string }[];
  registres: readonly { code: string; libelle: string }[];
  champs: Record<string, string>;
  erreurs: readonly ErreurDeChamp[];
}

/** Role, scope and dates of a mandate. */
export const ChampsMandat = ({ roles, sansMandat = false, territoires, fiches, registres, champs, erreurs }: ChampsMandatProps) => (
  <>
    <Select
      nom="role"
      libelle="Rôle"
      vide={sansMandat ? 'aucun pour l’instant : la personne verra ce que voit le public' : 'Choisir'}
      valeur={champs.role}
      options={roles.map((r) => ({ valeur: r, libelle: ROLES[r] }))}
      erreur={erreurDe(erreurs, 'role')}
    />
    <Select
      nom="territoire"
      libelle="Territoire"
      vide="tout le contrat"
      aide="Écrire, et voir ce qui est réservé, seulement là et en dessous. Ferme ce qui vaut pour tout le contrat : comptes, imports, listes de valeurs. Ce que les partenaires partagent se lit toujours."
      valeur={champs.territoire}
      options={territoires.map((t) => ({ valeur: t.id, libelle: t.nom }))}
      erreur={erreurDe(erreurs, 'territoire')}
    />
    <Select
      nom="fiche"
      libelle="Fiche"
      vide="toutes"
      aide="Écrire seulement ce qui est rattaché à cette fiche : ses chiffres, ses enregistrements, ses instances. Ferme ce qui n’est rattaché à aucune."
      valeur={champs.fiche}
      options={fiches.map((f) => ({ valeur: f.numero, libelle: `${f.numero} ${f.titre}` }))}
      erreur={erreurDe(erreurs, 'fiche')}
    />
    <Select
      nom="registre"
      libelle="Registre"
      vide="tous"
      aide="Lire et enregistrer dans ce registre seulement. Ferme tout le reste : les autres registres, les instances, les décisions, les chiffres, les signalements, les comptes."
      valeur={champs.registre}
      options={registres.map((r) => ({ valeur: r.code, libelle: r.libelle }))}
      erreur={erreurDe(erreurs, 'registre')}
    />
    <DateInput nom="debut" libelle="À partir du" aide="Vide : dès aujourd’hui." valeur={champs.debut} facultatif erreur={erreurDe(erreurs, 'debut')} />
    <DateInput
      nom="fin"
      libelle="Jusqu’au"
      aide="Les droits finissent d’eux-mêmes ce jour-là."
      valeur={champs.fin}
      facultatif
      erreur={erreurDe(erreurs, 'fin')}
    />
  </>
);
