/** One party: its signature, who noted it, what it says of it; its withdrawal. */
import { Button, ButtonGroup } from '../../../ui/Button.tsx';
import { DateInput } from '../../../ui/DateInput.tsx';
import { Details } from '../../../ui/Details.tsx';
import { ErrorSummary } from '../../../ui/ErrorSummary.tsx';
import { Form } from '../../../ui/Form.tsx';
import { PageHeader } from '../../../ui/PageHeader.tsx';
import { TextInput } from '../../../ui/TextInput.tsx';
import { jour } from '../../../ui/typographie.ts';
import { erreurDe } from '../../../ui/types.ts';
import type { Charge } from '../conventions.contexte.ts';
import type { Partie } from '../conventions.queries.ts';
import { sOuvre } from '../conventions.rules.ts';
import type { Formulaire } from '../formulaires.ts';
import { direSignature, nomDePartie } from '../mots.ts';
import { attendDe, compte } from '../paroles.rules.ts';
import { actions } from './PartiesPages.tsx';

type Props = Charge & Formulaire & { partie: Partie; parElle: boolean; seRetire: boolean; moi: string };

export function PartiePage(p: Props) {
  const { partie: x } = p;
  const signee = x.signeeLe !== null;
  const retirable = x.retireeLe === null && (!signee || sOuvre(p.acte.nature));
  return (
    <>
      <ErrorSummary erreurs={p.erreurs.map((e) => (e.champ === '' ? e : { ...e, champ: `${e.champ}-${acteDe(p)}` }))} />
      <PageHeader
        titre={nomDePartie(p.catalogue, x)}
        surtitre={p.acte.titre}
        chapo={`${direSignature(x, p.catalogue, true)}${x.retireeLe ? ` S’est retirée le ${jour(x.retireeLe)}.` : ''}`}
      />
      {!p.parElle && x.organisationId !== null && x.organisationId === p.moi && (
        <p className="govuk-body">
          Votre mandat n’engage pas votre organisation pour cet acte : il faut y être agent, association, producteur, pilote, signataire ou coordination, sur
          son périmètre.
        </p>
      )}
      {!signee && x.retireeLe === null && <Signer {...p} />}
      {signee && p.parElle && x.etat !== 'confirmee' && <Repondre {...p} />}
      {signee && <Corriger {...p} />}
      {retirable && <Retirer {...p} />}
    </>
  );
}
const url = (p: Props): string => `/conventions/${p.acte.id}/parties/${p.partie.id}`;
const retour = (p: Props): string => `/conventions/${p.acte.id}#parties`;
/** The form that was sent: when it was none of the others, the first. */
const acteDe = (p: Props): string => p.champs.acte || 'signer';
/** A page of several forms: what was typed, and what is wrong, goes back to the one that was sent. */
function champsDe(p: Props, acte: string) {
  const ici = p.erreurs.length > 0 && acteDe(p) === acte;
  return {
    ici,
    champ: (nom: string, sinon = '') => ({
      nom,
      id: `${nom}-${acte}`,
      valeur: (ici ? p.champs[nom] : undefined) ?? sinon,
      erreur: ici ? erreurDe(p.erreurs, nom) : undefined,
    }),
  };
}
const AIDE_NOM = 'Lu par les partenaires seulement, effacé au bout de cinq ans.';

function Signer(p: Props) {
  const { champ } = champsDe(p, 'signer');
  return (
    <Form action={url(p)} masques={{ acte: 'signer', vu: String(p.partie.vu) }}>
      <DateInput {...champ('jour')} libelle="Signée le" max={p.aujourdhui} />
      <TextInput {...champ('signataire', p.partie.signataire)} libelle="Qui signe pour elle" facultatif aide={AIDE_NOM} />
      <TextInput {...champ('fonction', p.partie.fonction)} libelle="Sa fonction" facultatif />
      {actions('Noter la signature', retour(p))}
    </Form>
  );
}
function Repondre(p: Props) {
  const { ici, champ } = champsDe(p, 'contester');
  const vu = String(p.partie.vu);
  return (
    <>
      <Form action={url(p)} masques={{ acte: 'confirmer', vu }}>
        <ButtonGroup>
          <Button>Confirmer cette signature</Button>
        </ButtonGroup>
      </Form>
      {attendDe(p.partie) === 'partie' && (
        <Details resume="Ce n’est pas notre signature" ouvert={ici}>
          <p className="govuk-body">
            {compte('signature', p.partie.etat) ? 'L’acte n’est plus dit en vigueur par elle.' : 'Elle ne compte pas.'} Qui tient l’acte et la coordination
            l’apprennent par lettre.
          </p>
          <Form action={url(p)} masques={{ acte: 'contester', vu }}>
            <TextInput {...champ('motif')} libelle="Pourquoi" />
            <Button variante="secondaire">Contester cette signature</Button>
          </Form>
        </Details>
      )}
    </>
  );
}
function Corriger(p: Props) {
  const { partie: x } = p;
  const vu = String(x.vu);
  const c = champsDe(p, 'corriger');
  const a = champsDe(p, 'annuler');
  return (
    <>
      <Details resume="Corriger la date ou le nom" ouvert={c.ici}>
        <Form action={url(p)} masques={{ acte: 'corriger', vu }}>
          <DateInput {...c.champ('jour', x.signeeLe ?? '')} libelle="Signée le" max={p.aujourdhui} />
          <TextInput {...c.champ('signataire', x.signataire)} libelle="Qui signe pour elle" facultatif aide={AIDE_NOM} />
          <TextInput {...c.champ('fonction', x.fonction)} libelle="Sa fonction" facultatif />
          <TextInput {...c.champ('motif')} libelle="Ce qui était faux" aide="Gardé dans l’historique, sans nom de personne." />
          <Button variante="secondaire">Corriger</Button>
        </Form>
      </Details>
      <Details resume="Annuler la signature" ouvert={a.ici}>
        <p className="govuk-body">
          Elle reste dans l’historique.{' '}
          {p.parElle
            ? 'Votre organisation n’est plus attendue, tant qu’elle ne signe pas de nouveau.'
            : 'La signature de cette partie est de nouveau attendue.'}
        </p>
        <Form action={url(p)} masques={{ acte: 'annuler', vu }}>
          <TextInput {...a.champ('motif')} libelle="Pourquoi" />
          <Button variante="secondaire">Annuler la signature</Button>
        </Form>
      </Details>
    </>
  );
}
function Retirer(p: Props) {
  const { ici, champ } = champsDe(p, 'retirer');
  return (
    <Details resume={p.partie.signeeLe ? 'Elle se retire de la charte' : 'Elle ne signera pas'} ouvert={ici}>
      {!p.seRetire && p.partie.organisationId && (
        <p className="govuk-body">
          {p.catalogue.acteurs.has(p.partie.organisationId)
            ? 'Elle l’apprend par lettre. Tant qu’elle ne l’a pas confirmé, elle reste partie à l’acte.'
            : 'Elle n’est plus dans l’annuaire du contrat, et ne répondra plus : son retrait compte dès qu’il est noté.'}
        </p>
      )}
      <Form action={url(p)} masques={{ acte: 'retirer', vu: String(p.partie.vu) }}>
        <DateInput {...champ('jour')} libelle="Retirée le" max={p.aujourdhui} />
        <Button variante="secondaire">Noter le retrait</Button>
      </Form>
    </Details>
  );
}
