import { Button } from '../../../../ui/Button.tsx';
import { Checkboxes } from '../../../../ui/Choices.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { enumerer, jourDuMoment, jourEtHeure } from '../../../../ui/typographie.ts';
import type { DireMandat } from '../../gestion/mandats.ts';
import type { JetonApi } from '../jetons.queries.ts';

const DIRE_PORTEE: Readonly<Record<string, string>> = {
  lire: 'lire',
  ecrire: 'écrire',
  contribuer: 'fournir des chiffres',
  signaler: 'transmettre des signalements',
};

/** Tokens in force: what each may do, under which mandates, until when, and how to end it. `base`: path under which they are revoked. */
export function TableDesJetons(p: { jetons: readonly JetonApi[]; base: string | null; dire: DireMandat; vide: string }) {
  return (
    <Table
      legende="Jetons en vigueur"
      legendeMasquee
      dense
      lignes={p.jetons}
      cle={(x) => x.id}
      vide={<p className="govuk-body">{p.vide}</p>}
      colonnes={[
        { cle: 'nom', titre: 'Jeton', entete: true, cellule: (x) => x.nom },
        { cle: 'portees', titre: 'Peut', cellule: (x) => enumerer(x.portees.map((s) => DIRE_PORTEE[s] ?? s)) },
        {
          cle: 'mandats',
          titre: 'Au titre de',
          cellule: (x) =>
            x.mandats.length === 0 ? (
              'aucun mandat : il n’ouvre rien'
            ) : (
              <ul className="govuk-list govuk-!-margin-bottom-0">
                {x.mandats.map((m) => (
                  <li key={p.dire(m)}>
                    {p.dire(m)} {m.fini && <Tag ton="neutre">terminé</Tag>}
                  </li>
                ))}
              </ul>
            ),
        },
        { cle: 'facteurs', titre: 'Créé avec', cellule: (x) => (x.forte ? 'deux facteurs' : 'un facteur') },
        { cle: 'fin', titre: 'Jusqu’au', cellule: (x) => jourDuMoment(new Date(x.expireLe.getTime() - 1)) },
        { cle: 'vu', titre: 'Utilisé', cellule: (x) => (x.vuLe ? jourEtHeure(x.vuLe) : 'jamais') },
        {
          cle: 'action',
          titre: 'Action',
          cellule: (x) =>
            p.base === null ? null : (
              <Form action={`${p.base}/${x.id}/revoquer`}>
                <Button variante="secondaire" petit>
                  Révoquer<span className="govuk-visually-hidden"> {x.nom}</span>
                </Button>
              </Form>
            ),
        },
      ]}
    />
  );
}

export function JetonsSection(p: {
  jetons: readonly JetonApi[];
  dire: DireMandat;
  champs: Readonly<Record<string, string>>;
  portees: readonly string[];
  erreurs: readonly ErreurDeChamp[];
}) {
  const { erreurs, champs } = p;
  return (
    <Section titre="Jetons pour l’API" id="jetons">
      <p className="govuk-body">
        Un jeton agit au titre de vos mandats du jour où il est créé : il ne gagne rien de ceux que vous recevrez ensuite et perd ceux qui finissent. Il prend
        fin avec un nouveau mot de passe ou un changement de second facteur. Vous pouvez le révoquer, le gestionnaire de votre organisation aussi.
      </p>
      <TableDesJetons
        jetons={p.jetons}
        base="/mon-compte/jetons"
        dire={p.dire}
        vide="Aucun jeton. Un logiciel de votre organisation en a besoin pour lire ou écrire à votre place."
      />
      <Form action="/mon-compte/jetons">
        <TextInput nom="nom" libelle="Nom du jeton" aide="Le logiciel qui s’en servira." valeur={champs.nom} erreur={erreurDe(erreurs, 'nom')} />
        <Checkboxes
          nom="portees"
          legende="Ce qu’il peut faire"
          valeurs={p.portees}
          options={[
            { valeur: 'lire', libelle: 'lire' },
            { valeur: 'ecrire', libelle: 'écrire dans les registres' },
            { valeur: 'contribuer', libelle: 'fournir les chiffres que votre organisme doit' },
            { valeur: 'signaler', libelle: 'transmettre des signalements d’habitants (Open311)' },
          ]}
          erreur={erreurDe(erreurs, 'portees')}
        />
        <Select
          nom="jours"
          libelle="Pendant"
          aide="Au plus un an, et jamais au-delà de vos mandats."
          valeur={champs.jours || '90'}
          options={[
            { valeur: '30', libelle: '30 jours' },
            { valeur: '90', libelle: '90 jours' },
            { valeur: '365', libelle: 'un an' },
          ]}
          erreur={erreurDe(erreurs, 'jours')}
        />
        <Button variante="secondaire">Créer le jeton</Button>
      </Form>
    </Section>
  );
}
