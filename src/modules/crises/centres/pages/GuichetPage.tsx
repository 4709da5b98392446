/** A desk: large buttons, one touch each. Every button works alone; `guichet.js` keeps what is touched without network and sends it later. */
import { randomUUID } from 'node:crypto';
import { Button } from '../../../../ui/Button.tsx';
import { Details } from '../../../../ui/Details.tsx';
import { enSuite } from '../../../../ui/enSuite.tsx';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader, Section } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { moment, nombre } from '../../../../ui/typographie.ts';
import { Filigrane } from '../../pages/CriseTete.tsx';
import type { Salle } from '../../conduite/salle.ts';
import type { Soutien } from '../../soutien.schema.ts';
import type { Centre, Comptage } from '../centres.queries.ts';
import type { Bilan, Quoi } from '../comptage.rules.ts';

interface Props {
  salle: Salle;
  soutien: Soutien;
  centre: Centre;
  /** Empty before one is chosen. */
  guichet: string;
  faux: boolean;
  compte: string;
  bilan: Bilan;
  touches: readonly Pick<Comptage, 'id' | 'quoi' | 'code' | 'nombre' | 'ditLe'>[];
}

export function GuichetPage(p: Props) {
  const { salle: k, centre: c } = p;
  return (
    <div className={k.crise.exercice ? 'c-crise c-crise--exercice' : 'c-crise'}>
      {k.crise.exercice && <Filigrane />}
      <PageHeader titre={p.guichet ? `Guichet ${p.guichet}` : 'Compter à un guichet'} surtitre={c.nom} />
      {!k.ecrit ? (
        <EmptyState titre="Vous lisez cette salle sans y compter">Demandez à qui la conduit.</EmptyState>
      ) : c.etat !== 'ouvert' ? (
        <EmptyState titre="Ce centre n’est pas ouvert">
          {c.etat === 'ferme' ? 'Il est fermé : ce qui a été compté avant y est.' : 'Rien n’y est compté avant son ouverture.'}
        </EmptyState>
      ) : p.guichet ? (
        <Compter {...p} />
      ) : (
        <Form action={`/crises/${k.crise.id}/centres/${c.id}/guichet`} methode="get">
          <TextInput
            nom="guichet"
            libelle="Quel guichet ?"
            aide="Une lettre ou un numéro, six signes au plus : A, B, 12. Un seul appareil par guichet."
            largeur={5}
            erreur={p.faux ? 'Une lettre ou un numéro, six signes au plus, sans accent ni espace.' : undefined}
          />
          <Button>Commencer</Button>
        </Form>
      )}
    </div>
  );
}

function Compter(p: Props) {
  const { salle: k, soutien, centre: c, guichet, bilan } = p;
  const action = `/crises/${k.crise.id}/centres/${c.id}/compter`;
  const bouton = (quoi: Quoi, code: string, libelle: string, n: number, ton = '') => (
    <Form
      action={action}
      masques={{ guichet, id: randomUUID(), quoi, code }}
      donnees={{ 'data-touche': `${quoi}:${code}`, 'data-libelle': libelle }}
      classe="cr-touche"
    >
      <button type="submit" className={`cr-touche__bouton ${ton}`}>
        <span>{libelle}</span>
        <strong data-nombre={`${quoi}:${code}`}>{nombre(n)}</strong>
      </button>
    </Form>
  );
  const dire = (t: Props['touches'][number]): string =>
    t.quoi === 'depart'
      ? 'Départ'
      : ((t.quoi === 'arrivee' ? soutien.personnes.find((x) => x.code === t.code)?.un : soutien.besoins.find((x) => x.code === t.code)?.libelle) ?? t.code);
  return (
    <div data-guichet={guichet} data-centre={c.id} data-compte={p.compte} data-action={action}>
      <p className="cr-etat" data-etat-guichet>
        Chaque bouton compte une personne, ou un besoin.
      </p>
      <Section titre="Qui arrive">
        <div className="cr-touches">
          {enSuite(soutien.personnes, (x) => bouton('arrivee', x.code, x.un, bilan.arrivees.get(x.code) ?? 0, x.ailleurs ? 'cr-touche__bouton--ailleurs' : ''))}
          {bouton('depart', '', 'Départ', bilan.departs, 'cr-touche__bouton--depart')}
        </div>
      </Section>
      <Section titre="De quoi a-t-on besoin">
        <div className="cr-touches">
          {enSuite(soutien.besoins, (x) => bouton('besoin', x.code, x.libelle, bilan.besoins.get(x.code) ?? 0, 'cr-touche__bouton--besoin'))}
        </div>
      </Section>
      <Section titre="Se reprendre">
        <p className="govuk-body-s">Annuler ajoute une ligne contraire : rien n’est effacé.</p>
        <ul className="cr-annuler" data-annuler>
          {enSuite(p.touches, (t) => (
            <li data-ligne={t.id}>
              <Form action={action} masques={{ guichet, id: randomUUID(), quoi: t.quoi, code: t.code, annule: t.id }} donnees={{ 'data-annule': t.id }}>
                <Button petit variante="secondaire">
                  Annuler : {dire(t)}, {moment(t.ditLe, k.qui.le)}
                </Button>
              </Form>
            </li>
          ))}
        </ul>
      </Section>
      <Details resume="Qui est qui">
        <ul className="govuk-list">
          {enSuite(soutien.personnes, (x) => (
            <li>
              <strong>{x.un}</strong> : {x.sens}
            </li>
          ))}
        </ul>
      </Details>
    </div>
  );
}
