import { Button } from '../../../../ui/Button.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import type { Contenu } from '../../registres.rules.ts';
import type { Repertoire } from '../../registres.repertoire.ts';
import { parFiche, type Proposition } from '../proposition.ts';
import { libelleDeLigne } from './ComptePour.tsx';

interface Props {
  rep: Repertoire;
  contenu: Pick<Contenu, 'fiches' | 'lignes'>;
  proposition: Proposition;
  /** Withdrawn: it counts for nothing. */
  retire: boolean;
  /** Path of the record and its version, when the reader may confirm a line. */
  confirmer: { base: string; version: number } | null;
}

/** What one record is evidence for: what counts it, what its author attached it to, the lines that a person confirmed. */
export function Preuves({ rep, contenu: k, proposition: p, retire, confirmer }: Props) {
  const comptees = retire ? [] : parFiche(p.comptePour, rep);
  const toutes = [...new Set([...comptees.map(([n]) => n), ...k.fiches])].sort((a, b) => a.localeCompare(b, 'fr', { numeric: true }));
  return (
    <Section titre="Preuve pour le contrat" id="preuves">
      {toutes.length === 0 ? (
        <p className="govuk-body">
          {retire ? 'Aucune fiche du contrat n’a été indiquée.' : 'Ne compte pour aucun chiffre du contrat, et n’est rattaché à aucune fiche.'}
        </p>
      ) : (
        <ul className="govuk-list c-preuves-de-fiches">
          {toutes.map((n) => (
            <li key={n}>
              <p className="govuk-body govuk-!-margin-bottom-1">
                {comptees.some(([x]) => x === n) ? 'Compte pour la ' : 'Rattaché à la '}
                <a className="govuk-link" href={`/fiches/${n}`}>
                  fiche {n}
                </a>{' '}
                {rep.fiches.get(n)?.titre}
              </p>
              <ul className="govuk-list govuk-list--bullet">
                {comptees
                  .filter(([x]) => x === n)
                  .flatMap(([, ms]) => ms)
                  .map((m) => (
                    <li key={m.id}>
                      <a className="govuk-link" href={m.href}>
                        {m.id}
                      </a>{' '}
                      {m.libelle}
                    </li>
                  ))}
                {k.lignes
                  .filter((l) => rep.ficheDe.get(l) === n)
                  .map((l) => (
                    <li key={l}>
                      Action confirmée :{' '}
                      <a className="govuk-link" href={`/fiches/${n}#${l}`}>
                        {l}
                      </a>{' '}
                      {libelleDeLigne(rep, l)}
                    </li>
                  ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
      {confirmer && !retire && p.lignes.length > 0 && (
        <Form action={`${confirmer.base}/confirmer`} masques={{ version: String(confirmer.version) }}>
          <h3 className="govuk-heading-s">Est-ce aussi la preuve de…</h3>
          <ul className="govuk-list c-a-confirmer">
            {p.lignes.map((l) => (
              <li key={l}>
                <span id={`ligne-${l}`}>
                  {l} – {libelleDeLigne(rep, l)}
                </span>
                <Button variante="secondaire" petit nom="ligne" valeur={l}>
                  Confirmer<span className="govuk-visually-hidden"> {l}</span>
                </Button>
              </li>
            ))}
          </ul>
        </Form>
      )}
      {confirmer && !retire && (
        <p className="govuk-body">
          <a className="govuk-link" href={`${confirmer.base}/corriger#fiches`}>
            Choisir une autre action du contrat
          </a>
        </p>
      )}
    </Section>
  );
}
