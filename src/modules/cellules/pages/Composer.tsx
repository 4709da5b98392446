/** Who sits there and how long things are kept: shown to everyone of the cell, changed by the coordination and the data protection officer. */
import type { ErreurDeChamp } from '../../../core/errors.ts';
import { Button } from '../../../ui/Button.tsx';
import { Checkbox } from '../../../ui/Choices.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Select } from '../../../ui/Select.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jour, jourDuMoment } from '../../../ui/typographie.ts';
import type { Membre } from '../cellule/cellule.queries.ts';
import type { Vue } from '../cellules.contexte.ts';

interface Props {
  vue: Vue;
  champs: Readonly<Record<string, string>>;
  erreurs: readonly ErreurDeChamp[];
}
const MOTIFS = { mandat: 'Fin de mandat', manquement: 'Manquement à la charte', demande: 'À sa demande' } as const;
const champDe = (p: Props) => (nom: string) => ({ nom, valeur: p.champs[nom] ?? '', erreur: p.erreurs.find((e) => e.champ === nom)?.message });

export function Membres(p: Props) {
  const { vue: v } = p;
  const champ = champDe(p);
  const signature = (m: Membre) => v.signatures.find((s) => s.membreId === m.id && s.empreinte === v.empreinte);
  const etat = (m: Membre) => {
    if (m.excluLe) return <Tag>Parti le {jourDuMoment(m.excluLe)}</Tag>;
    if (m.debut > v.aujourdhui) return <Tag>À partir du {jour(m.debut)}</Tag>;
    if (m.fin && m.fin < v.aujourdhui) return <Tag>Fini le {jour(m.fin)}</Tag>;
    const s = signature(m);
    if (!s) return <Tag ton="laiton">Charte à signer</Tag>;
    return <Tag ton="vert">Signée le {jourDuMoment(s.signeeLe)}</Tag>;
  };
  return (
    <Section titre="Membres">
      <Table
        legende="Membres de la cellule"
        legendeMasquee
        lignes={v.membres}
        cle={(m) => m.id}
        vide={<p className="govuk-body">Personne encore.</p>}
        colonnes={[
          { cle: 'nom', titre: 'Nom', entete: true, cellule: (m) => m.nom },
          { cle: 'institution', titre: 'Institution', cellule: (m) => v.cat.nomActeur(m.organisationId) },
          { cle: 'fonction', titre: 'Fonction', cellule: (m) => m.fonction },
          { cle: 'dates', titre: 'Mandat', cellule: (m) => (m.fin ? `du ${jour(m.debut)} au ${jour(m.fin)}` : `depuis le ${jour(m.debut)}`) },
          { cle: 'etat', titre: 'Charte', cellule: etat },
          ...(v.compose
            ? [{ cle: 'exclure', titre: 'Exclure', titreMasque: true, cellule: (m: Membre) => (m.excluLe ? null : <Exclure {...p} membre={m} />) }]
            : []),
        ]}
      />
      {v.compose && (
        <Section titre="Désigner un membre" niveau={3}>
          <Form action={`/cellules/${v.cellule.id}/membres`}>
            <TextInput {...champ('courriel')} libelle="Adresse du compte" type="email" aide="La personne a déjà le mandat « membre de cellule »." />
            <TextInput {...champ('fonction')} libelle="Fonction" aide="À quel titre elle vient." />
            <DateInput {...champ('debut')} valeur={p.champs.debut ?? v.aujourdhui} libelle="Début" />
            <DateInput {...champ('fin')} libelle="Fin" facultatif />
            <Button>Désigner</Button>
          </Form>
        </Section>
      )}
    </Section>
  );
}

function Exclure({ vue: v, membre: m, erreurs }: Props & { membre: Membre }) {
  const motif = `motif-${m.id}`;
  const confirme = `confirme-${m.id}`;
  const erreur = (nom: string) => erreurs.find((e) => e.champ === nom)?.message;
  return (
    <Details resume={`Exclure ${m.nom}`} ouvert={erreur(motif) !== undefined || erreur(confirme) !== undefined}>
      <Form action={`/cellules/${v.cellule.id}/exclure/${m.id}`}>
        <Select
          nom="motif"
          id={motif}
          libelle="Motif"
          vide="Choisir"
          erreur={erreur(motif)}
          options={Object.entries(MOTIFS).map(([valeur, libelle]) => ({ valeur, libelle }))}
        />
        <Checkbox nom="confirme" id={confirme} libelle="Fermer aussitôt, pages ouvertes comprises" erreur={erreur(confirme)} />
        <Button variante="danger" petit>
          Exclure
        </Button>
      </Form>
    </Details>
  );
}

export function Durees(p: Props) {
  const { vue: v } = p;
  const { cellule: c } = v;
  const d = v.genre.durees;
  const champ = (nom: 'sansSuiteMois' | 'suiviMois' | 'apresSuiviMois', propose: number) => ({
    ...champDe(p)(nom),
    valeur: p.champs[nom] ?? String(c[nom] ?? propose),
    type: 'number' as const,
    inputMode: 'numeric' as const,
    largeur: 3 as const,
    suffixe: 'mois',
  });
  return (
    <Section titre="Durées">
      {c.dureesLe ? (
        <SummaryList
          lignes={[
            { cle: 'Sans suivi décidé, au plus', valeur: `${c.sansSuiteMois} mois` },
            { cle: 'Suivi, au plus', valeur: `${c.suiviMois} mois` },
            { cle: 'Après la fin du suivi, au plus', valeur: `${c.apresSuiviMois} mois` },
            { cle: 'Fixées', valeur: `le ${jourDuMoment(c.dureesLe)}, par le délégué à la protection des données` },
          ]}
        />
      ) : (
        <p className="govuk-body">Le délégué à la protection des données ne les a pas encore fixées : aucune situation n’entre avant.</p>
      )}
      {v.controle && (
        <Form action={`/cellules/${c.id}/durees`}>
          <TextInput {...champ('sansSuiteMois', d.sans_suite_mois)} libelle="Sans suivi décidé, au plus" />
          <TextInput {...champ('suiviMois', d.suivi_mois)} libelle="Suivi, au plus" />
          <TextInput {...champ('apresSuiviMois', d.apres_suivi_mois)} libelle="Après la fin du suivi, au plus" />
          <Button>Fixer les durées</Button>
        </Form>
      )}
    </Section>
  );
}
