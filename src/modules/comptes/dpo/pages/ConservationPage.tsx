import { Button, ButtonGroup } from '../../../../ui/Button.tsx';
import { Checkbox } from '../../../../ui/Choices.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { SummaryList } from '../../../../ui/SummaryList.tsx';
import { Table } from '../../../../ui/Table.tsx';
import { Tag } from '../../../../ui/Tag.tsx';
import { jourEtHeure, nombre, pluriel } from '../../../../ui/typographie.ts';
import type { Age } from '../../../../core/trace/retention.ts';
import type { Purge, Simulation } from '../conservation.ts';
import { Onglets } from './Onglets.tsx';

export interface ConservationPageProps {
  simulations: readonly Simulation[];
  purges: readonly Purge[];
  /** What prevented the last act, and on which rule. */
  faute: { regle: string | null; message: string } | null;
}

export function ConservationPage({ simulations, purges, faute }: ConservationPageProps) {
  const visee = faute && simulations.find((s) => s.regle.code === faute.regle);
  const champ = visee ? `${visee.nombre > 0 ? 'confirmer' : 'regle'}-${visee.regle.code}` : '';
  const libelles = new Map(simulations.map((s) => [s.regle.code, s.regle.libelle]));
  // What is to be decided first; what the platform does by itself; what has nothing to do now.
  const [visees, rien] = [simulations.filter((s) => s.nombre > 0), simulations.filter((s) => s.nombre === 0)];
  const regle = (s: Simulation) => <Regle key={s.regle.code} simulation={s} faute={faute?.regle === s.regle.code ? faute.message : null} />;
  return (
    <>
      <ErrorSummary erreurs={faute ? [{ champ, message: faute.message }] : []} />
      <Onglets ici="/dpo/conservation" />
      <PageHeader
        titre="Conservation et purges"
        chapo="Ce que chaque règle ôterait maintenant. Lire cette page ne supprime rien ; purger est définitif, et laisse sa preuve plus bas."
      />
      {[...visees.filter((s) => !s.regle.seule), ...visees.filter((s) => s.regle.seule)].map(regle)}
      {rien.length > 0 && (
        <Details
          resume={`${pluriel(rien.length, 'règle')} qui n’${rien.length > 1 ? 'ont' : 'a'} rien à ôter maintenant`}
          ouvert={visees.length === 0 || rien.some((s) => s.regle.code === faute?.regle)}
        >
          {rien.map(regle)}
        </Details>
      )}
      <Section titre="Dernières purges" id="purges">
        <Table
          legende="Purges et simulations, les plus récentes d’abord"
          legendeMasquee
          vide={<EmptyState titre="Aucune purge">La première purge ou simulation consignée apparaîtra ici, avec son nombre et sa date.</EmptyState>}
          lignes={purges}
          cle={(p) => `${p.quand.toISOString()} ${p.regle} ${p.simulation} ${p.nombre}`}
          colonnes={[
            { cle: 'regle', titre: 'Règle', entete: true, cellule: (p) => libelles.get(p.regle) ?? p.regle },
            { cle: 'quand', titre: 'Quand', cellule: (p) => jourEtHeure(p.quand) },
            { cle: 'nombre', titre: 'Nombre', numerique: true, cellule: (p) => nombre(p.nombre) },
            { cle: 'acte', titre: 'Acte', cellule: (p) => (p.simulation ? <Tag>Simulation</Tag> : <Tag ton="vert">Purge</Tag>) },
            { cle: 'par', titre: 'Par', cellule: (p) => p.par ?? 'la plateforme' },
          ]}
        />
      </Section>
    </>
  );
}

/** From when time runs, where that is not one day alone. */
function direAge(age: Age): { cle: string; valeur: string }[] {
  if (typeof age === 'string') return [];
  return 'tantQue' in age
    ? [{ cle: 'Gardé tant que', valeur: age.tantQue }]
    : [{ cle: 'Sans fin', valeur: `comptée ${pluriel(age.recours, 'jour')} après le début` }];
}

function Regle({ simulation: s, faute }: { simulation: Simulation; faute: string | null }) {
  const r = s.regle;
  const anonymise = r.acte === 'anonymiser';
  return (
    <Section titre={r.libelle} id={`regle-${r.code}`}>
      <SummaryList
        serre
        lignes={[
          { cle: 'Visés maintenant', valeur: s.nombre === 0 ? 'aucun' : pluriel(s.nombre, 'enregistrement') },
          { cle: 'Le plus ancien', valeur: s.plusAncien ? jourEtHeure(s.plusAncien) : 'aucun' },
          { cle: 'Quand', valeur: r.seule ? 'chaque nuit, par la plateforme' : 'quand vous le décidez' },
          ...direAge(r.age),
          { cle: 'Pourquoi', valeur: r.fondement },
        ]}
      />
      {s.nombre > 0 && (
        <Form action={`/dpo/conservation/${r.code}`} masques={{ nombre: String(s.nombre) }}>
          <Checkbox
            nom={`confirmer-${r.code}`}
            libelle={`Je confirme : ${anonymise ? 'anonymiser' : 'supprimer'} définitivement ${pluriel(s.nombre, 'enregistrement')}`}
            erreur={faute ?? undefined}
          />
          <ButtonGroup>
            <Button variante="danger" nom="acte" valeur="purger">
              {anonymise ? 'Anonymiser' : 'Supprimer'}
            </Button>
            <Button variante="secondaire" nom="acte" valeur="simuler">
              Consigner cette simulation
            </Button>
          </ButtonGroup>
        </Form>
      )}
    </Section>
  );
}
