import { encode } from 'uqr';
import { Button, LinkButton } from '../../../../ui/Button.tsx';
import { ErrorSummary } from '../../../../ui/ErrorSummary.tsx';
import { Form } from '../../../../ui/Form.tsx';
import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { TextInput } from '../../../../ui/TextInput.tsx';
import { type ErreurDeChamp, erreurDe } from '../../../../ui/types.ts';
import { WarningText } from '../../../../ui/WarningText.tsx';

/** The QR code as SVG: black on white in every colour scheme, since cameras read it. */
function Qr({ texte }: { texte: string }) {
  const { data, size } = encode(texte, { ecc: 'M', border: 2 });
  const trace = data.flatMap((ligne, y) => ligne.flatMap((noir, x) => (noir ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return (
    <svg className="c-qr" viewBox={`0 0 ${size} ${size}`} width="220" height="220" role="img" aria-label="Code à lire avec l’application d’authentification">
      <rect width={size} height={size} fill="#fff" />
      <path d={trace} fill="#000" />
    </svg>
  );
}

export function SecondFacteurPage(p: { secret: string; adresse: string; ferme: string; erreurs: readonly ErreurDeChamp[] }) {
  return (
    <>
      <ErrorSummary erreurs={p.erreurs} />
      <PageHeader titre="Application d’authentification" chapo="Elle affiche six chiffres qui changent toutes les trente secondes, même sans réseau." />
      <ol className="govuk-list govuk-list--number">
        <li>Ouvrez une application d’authentification sur votre téléphone (FreeOTP, Aegis, 2FAS…).</li>
        <li>
          Lisez ce code :
          <div>
            <Qr texte={p.adresse} />
          </div>
          ou écrivez cette clé : <code className="c-secret">{p.secret.replace(/(.{4})/g, '$1 ').trim()}</code>
        </li>
        <li>Écrivez les six chiffres qu’elle affiche.</li>
      </ol>
      <Form action="/mon-compte/second-facteur" masques={{ ferme: p.ferme }}>
        <TextInput nom="code" libelle="Code affiché" largeur={10} autoComplete="one-time-code" erreur={erreurDe(p.erreurs, 'code')} />
        <Button>Activer</Button>
      </Form>
    </>
  );
}

export function CodesPage({ codes }: { codes: readonly string[] }) {
  return (
    <>
      <PageHeader titre="Vos codes de secours" chapo="Chacun ouvre votre compte une fois, si vous perdez votre téléphone." />
      <WarningText>Notez-les ou imprimez-les maintenant : ils ne seront plus jamais affichés.</WarningText>
      <ul className="govuk-list c-codes">
        {codes.map((code) => (
          <li key={code}>
            <code className="c-secret">{code}</code>
          </li>
        ))}
      </ul>
      <LinkButton href="/mon-compte">C’est noté</LinkButton>
    </>
  );
}

export function JetonPage({ jeton, nom }: { jeton: string; nom: string }) {
  return (
    <>
      <PageHeader titre="Jeton créé" surtitre={nom} chapo="Donnez-le au logiciel qui appellera l’API, dans l’en-tête « Authorization: Bearer … »." />
      <WarningText>Copiez-le maintenant : il ne sera plus jamais affiché.</WarningText>
      <p className="govuk-body">
        <code className="c-secret">{jeton}</code>
      </p>
      <LinkButton href="/mon-compte#jetons">C’est fait</LinkButton>
    </>
  );
}
