import { Button, ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../ui/types.ts';
import { avecUnite, formatPeriode } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import { Surprises } from '../pages/Surprises.tsx';
import type { Surprise } from '../qualite/surprises.rules.ts';
import { libelleDeCle } from '../saisie/grain.rules.ts';
import type { ContreValeur } from './contre-valeurs.queries.ts';

export interface ReglerPageProps {
  mesure: Mesure;
  catalogue: Catalogue;
  contre: ContreValeur;
  /** The version that it replaces. */
  valeur: string;
  motif: string;
  surprises: readonly Surprise[];
  erreurs: readonly ErreurDeChamp[];
}
/** A counter-value that surprises is taken with an explanation, as any figure; or the given one is kept. */
export function ReglerPage({ mesure: m, catalogue: c, contre: x, valeur, motif, surprises, erreurs }: ReglerPageProps) {
  const ou = [formatPeriode(x.periode), c.territoires.get(x.territoireId)?.nom, x.ventilation === '' ? '' : libelleDeCle(m, x.ventilation)];
  return (
    <>
      <ErrorSummary erreurs={erreurs} />
      <PageHeader titre="Régler une contre-valeur" surtitre={`${m.id} · fiche ${m.fiche}`} chapo={m.libelle} />
      <p className="govuk-body">
        {`${ou.filter(Boolean).join(', ')} : ${c.nomActeur(x.organisation)} propose ${avecUnite(x.valeur, m.unite)}, source : ${x.source}. ${x.motif}`}
      </p>
      <Form action={`/chiffres/${m.id}/contre-valeurs/${x.id}/regler`} masques={{ valeur }}>
        <Surprises surprises={surprises} erreurs={erreurs} plusHaut={false} />
        <Textarea nom="motif" libelle="Pourquoi ce règlement" lignes={3} valeur={motif} erreur={erreurDe(erreurs, 'motif')} />
        <ButtonGroup>
          <Button nom="issue" valeur="prise">{`Prendre la contre-valeur, ${avecUnite(x.valeur, m.unite)}`}</Button>
          <Button variante="secondaire" nom="issue" valeur="gardee">
            Garder la valeur donnée
          </Button>
          <LinkButton variante="discret" href={`/chiffres/${m.id}?periode=${x.periode}&territoire=${x.territoireId}#contre-valeurs`}>
            Annuler
          </LinkButton>
        </ButtonGroup>
      </Form>
    </>
  );
}
