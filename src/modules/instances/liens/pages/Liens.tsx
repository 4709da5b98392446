/** Records that a problem or a session deals with, and the search that links another one. */
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { Section } from '../../../../ui/PageHeader.tsx';
import { Select } from '../../../../ui/Select.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { jourCourt } from '../../../../ui/typographie.ts';
import type { ObjetLie, Recherche } from '../liens.ts';

/** `recherche` null: read only. */
export function Liens({
  base,
  lies,
  recherche,
  nomDuLieu,
}: {
  base: string;
  lies: readonly ObjetLie[];
  recherche: Recherche | null;
  nomDuLieu: (id: string) => string;
}) {
  if (lies.length === 0 && recherche === null) return null;
  return (
    <Section titre="Lieux, opérations et événements liés" id="liens">
      {lies.length === 0 ? (
        <p className="govuk-body">Rien n’est encore lié.</p>
      ) : (
        <ul className="govuk-list c-liens-objets">
          {lies.map((x) => (
            <li key={x.lien}>
              <span>
                <a className="govuk-link" href={`/registres/${x.registre}/${x.id}`}>
                  {x.titre}
                </a>{' '}
                <span className="c-note">
                  {x.nomDuRegistre}, {nomDuLieu(x.territoireId)}, {jourCourt(x.jour)}
                </span>
              </span>
              {recherche !== null && (
                <Form action={`${base}/liens/${x.lien}/retirer`}>
                  <Button variante="discret" petit>
                    Délier<span className="govuk-visually-hidden"> {x.titre}</span>
                  </Button>
                </Form>
              )}
            </li>
          ))}
        </ul>
      )}
      {recherche !== null && (
        <Details id="lier" resume="Lier un lieu, une opération, un événement…" ouvert={recherche.trouves !== null}>
          <Form action={`${base}#lier`} methode="get">
            <div className="c-cote-a-cote">
              <Select
                nom="registre"
                libelle="Dans quel registre"
                vide="choisir"
                valeur={recherche.registre}
                options={recherche.registres.map((r) => ({ valeur: r.code, libelle: r.libelle }))}
              />
              <TextInput nom="q" id="lier-q" libelle="Quels mots" facultatif valeur={recherche.q} type="search" />
            </div>
            <Button variante="secondaire" petit>
              Chercher
            </Button>
          </Form>
          {recherche.trouves !== null && recherche.trouves.length === 0 && (
            <p className="govuk-body">Rien de tel n’est enregistré ici. Changez de mots ou de registre.</p>
          )}
          <ul className="govuk-list c-liens-objets">
            {(recherche.trouves ?? []).map((x) => (
              <li key={x.id}>
                <span>
                  {x.titre}{' '}
                  <span className="c-note">
                    {nomDuLieu(x.territoireId)}, {jourCourt(x.jour)}
                  </span>
                </span>
                <Form action={`${base}/liens`} masques={{ objet: x.id }}>
                  <Button variante="discret" petit>
                    Lier<span className="govuk-visually-hidden"> {x.titre}</span>
                  </Button>
                </Form>
              </li>
            ))}
          </ul>
        </Details>
      )}
    </Section>
  );
}
