import { Button, ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { Checkboxes, Radios } from '../../../ui/Choices.tsx';
import { Form } from '../../../ui/Form.tsx';
import { Details } from '../../../ui/Details.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { Section } from '../../../ui/PageHeader.tsx';
import { Table } from '../../../ui/Table.tsx';
import { Tag } from '../../../ui/Tag.tsx';
import { Textarea } from '../../../ui/Textarea.tsx';
import { avecUnite, enumerer, formatPeriode, jour, jourDuMoment, jourEtHeure, nombre, pluriel } from '../../../ui/typographie.ts';
import type { Catalogue, Mesure } from '../../contrats/index.ts';
import type { ValeurCollectee } from '../chiffres.rules.ts';
import { type Contributions, direEcart } from '../saisie/contributions.ts';
import { cleDe, genreDe, libelleDeCle } from '../saisie/grain.rules.ts';
import { direDonneur, direEtatDeParole, direUneContestation, tonDeParole } from '../saisie/parole.rules.ts';
import { Contester } from './Contester.tsx';
import { Controles, direControles } from './Controles.tsx';
import type { Methode } from '../methodes/methodes.rules.ts';
import { MethodesDites } from './MethodesDites.tsx';
import { RecitDit } from './RecitDit.tsx';
import { Pieces, SignatureDite, Signer } from './SignatureDite.tsx';
import { VersionsTable } from './VersionsTable.tsx';

/** Shown at once; the others are one gesture away. */
const ECARTS = 20;

export interface ContributionsProps {
  mesure: Mesure;
  periode: string;
  territoireId: string;
  contributions: Contributions;
  catalogue: Catalogue;
  /** Every note of method, for partners. */
  methodes: readonly Methode[];
  droits: {
    valider: boolean;
    contester: (v: ValeurCollectee) => boolean;
    /** Its organisation contests it, and may say no more. */
    retirer: (v: ValeurCollectee) => boolean;
    trancher: boolean;
    voirSaisie: boolean;
    dAutrui: (v: ValeurCollectee) => boolean;
    signer: (v: ValeurCollectee) => boolean;
    /** Answers for its debtor, in whose name another gave it. */
    confirmer: (v: ValeurCollectee) => boolean;
  };
}

/** What a collected figure is made of: who gave what, who is missing, what it adds up to, what waits. */
export function ContributionsSection(p: ContributionsProps) {
  const { mesure: m, contributions: x, catalogue: c, droits } = p;
  const total = x.total;
  const ecarts = total?.details.ecarts ?? [];
  const desaccord = ecarts.find((e) => e.genre === 'desaccord' && e.periode === p.periode && e.territoireId === p.territoireId);
  const aValider = droits.valider ? x.lignes.filter((v) => v.valideLe === null && droits.dAutrui(v)) : [];
  const siennes = droits.valider ? x.lignes.filter((v) => v.valideLe === null && !droits.dAutrui(v)).length : 0;
  const nom = (v: ValeurCollectee) => direDonneur(v, c);
  const dire = (v: ValeurCollectee) =>
    [
      nom(v),
      c.territoires.get(v.territoireId)?.nom,
      formatPeriode(v.periode),
      cleDe(v.ventilation) === '' ? '' : libelleDeCle(m, cleDe(v.ventilation)),
      valeurDe(v, m),
    ]
      .filter(Boolean)
      .join(', ');
  const aConfirmer = x.lignes.filter(droits.confirmer);
  const enOptions = (versions: readonly ValeurCollectee[]) => versions.map((v) => ({ valeur: v.id, libelle: dire(v) }));
  const masques = { periode: p.periode, territoire: p.territoireId };
  const ecrit = (e: (typeof ecarts)[number]) => (
    <InsetText key={`${e.genre}${e.territoireId}${e.periode}`}>{direEcart(e, c, m.unite, (n) => nombre(n), x.lignes)}</InsetText>
  );
  return (
    <Section titre="Contributions" id="contributions">
      <p className="govuk-body">{resume(p)}</p>
      <Manquantes {...p} />
      {ecarts.slice(0, ECARTS).map(ecrit)}
      {ecarts.length > ECARTS && <Details resume={pluriel(ecarts.length - ECARTS, 'autre écart', 'autres écarts')}>{ecarts.slice(ECARTS).map(ecrit)}</Details>}
      {desaccord && droits.trancher && (
        <Form action={`/chiffres/${m.id}/trancher`} masques={masques}>
          <Radios
            nom="debiteur"
            legende="Trancher : quelle source retenir ?"
            options={desaccord.valeurs.map((v) => ({
              valeur: v.debiteur ?? '',
              libelle: `${c.nomActeurA(v.debiteur ?? '', p.territoireId)} : ${avecUnite(v.valeur, m.unite)}`,
            }))}
          />
          <Textarea nom="motif" id="motif-trancher" libelle="Pourquoi" lignes={2} />
          <Button variante="secondaire">Retenir cette source</Button>
        </Form>
      )}
      {x.repartition.length > 0 && (
        <Table
          legende={`Selon la ventilation, ${formatPeriode(p.periode)}`}
          dense
          colonnes={[
            { cle: 'part', titre: 'Part', entete: true, cellule: (r) => libelleDeCle(m, r.ventilation) },
            {
              cle: 'valeur',
              titre: 'Total',
              numerique: true,
              cellule: (r) =>
                r.etat === 'valeur' ? `${r.partiel ? 'au moins ' : ''}${nombre(r.valeur ?? 0)}` : r.etat === 'sans_objet' ? 'sans objet' : r.etat,
            },
          ]}
          lignes={x.repartition}
          cle={(r) => r.ventilation}
        />
      )}
      {x.lignes.length > 0 && (
        <Table
          legende={droits.voirSaisie ? 'Ce que chacun a donné, dernière version' : 'Ce que chacun a donné, dernière version validée'}
          dense
          colonnes={[
            { cle: 'qui', titre: 'Donné par', entete: true, cellule: nom },
            { cle: 'periode', titre: 'Période', cellule: (v) => formatPeriode(v.periode) },
            { cle: 'ou', titre: 'Territoire', cellule: (v) => c.territoires.get(v.territoireId)?.nom ?? v.territoireId },
            ...(m.grain.ventilations.length > 0
              ? [{ cle: 'part', titre: 'Ventilation', cellule: (v: ValeurCollectee) => libelleDeCle(m, cleDe(v.ventilation)) }]
              : []),
            {
              cle: 'valeur',
              titre: 'Valeur',
              numerique: genreDe(m) === 'nombre',
              cellule: (v) => <Valeur v={v} m={m} x={x} c={c} partenaire={droits.voirSaisie} />,
            },
            {
              cle: 'etat',
              titre: 'État',
              cellule: (v) => (
                <>
                  {/* A sentence wraps, a tag does not. */}
                  {direEtatDeParole(v, c).includes(',') ? <strong>{direEtatDeParole(v, c)}</strong> : <Tag ton={tonDeParole(v)}>{direEtatDeParole(v, c)}</Tag>}
                  {droits.voirSaisie &&
                    v.contestations
                      .filter((k) => k.retireeLe === null)
                      .map((k) => (
                        <div key={`${k.organisationId}${k.le}`} className="govuk-hint govuk-!-margin-bottom-0">
                          {direUneContestation(k, c)}
                        </div>
                      ))}
                </>
              ),
            },
            { cle: 'le', titre: 'Donné le', cellule: (v) => jourDuMoment(v.saisiLe) },
            { cle: 'source', titre: 'Source', cellule: (v) => v.source },
            ...(x.controles.size > 0
              ? [{ cle: 'controle', titre: 'Contrôle', cellule: (v: ValeurCollectee) => <Controles controles={x.controles.get(v.id) ?? []} c={c} /> }]
              : []),
            { cle: 'version', titre: 'Version', cellule: (v) => v.version },
          ]}
          lignes={x.lignes}
          cle={(v) => v.id}
        />
      )}
      <MethodesDites x={x} c={c} versions={droits.voirSaisie ? p.methodes : []} />
      <div id="signatures">
        <Signer aSigner={x.lignes.filter(droits.signer)} m={m} c={c} />
      </div>
      {aConfirmer.length > 0 && (
        <div id="a-confirmer">
          <Form action={`/chiffres/${m.id}/confirmer`} masques={masques}>
            <Checkboxes
              nom="valeur"
              id="confirmer-ceci"
              legende="Confirmer ce qui est donné en votre nom"
              aide="Ce qui est faux se conteste plus bas, ou se corrige par une nouvelle version."
              options={enOptions(aConfirmer)}
            />
            <Button variante="secondaire">Confirmer</Button>
          </Form>
        </div>
      )}
      {aValider.length > 0 && (
        <Form action={`/chiffres/${m.id}/valider`} masques={masques}>
          {aValider.map((v) => (
            <input key={v.id} type="hidden" name="montree" value={v.id} />
          ))}
          <Checkboxes
            nom="valeur"
            id="valider-ceci"
            legende="Valider ce que d’autres ont donné"
            options={aValider.map((v) => ({ valeur: v.id, libelle: dire(v), aide: direControles(x.controles.get(v.id) ?? []) }))}
          />
          <ButtonGroup>
            <Button variante="secondaire">Valider</Button>
            {aValider.length > 1 && (
              <Button variante="discret" nom="tout" valeur="oui">
                Tout valider
              </Button>
            )}
          </ButtonGroup>
        </Form>
      )}
      {siennes > 0 && (
        <p className="govuk-hint">{`${pluriel(siennes, 'contribution')} que vous avez donnée${siennes > 1 ? 's' : ''} vous-même : quelqu’un d’autre doit valider.`}</p>
      )}
      <Contester
        action={`/chiffres/${m.id}/contester`}
        masques={masques}
        aRetirer={enOptions(x.versions.filter((v) => (v.courante || v.validee) && droits.retirer(v)))}
        contestables={enOptions(x.lignes.filter(droits.contester))}
      />
      {x.lignes.length > 0 && (
        <LinkButton variante="secondaire" telecharger href={`/chiffres/${m.id}/contributions.csv?periode=${p.periode}&territoire=${p.territoireId}`}>
          Télécharger les contributions (CSV)
        </LinkButton>
      )}
      {x.versions.length > 0 && <VersionsTable mesure={m} versions={x.versions} catalogue={c} voirSaisie={droits.voirSaisie} />}
    </Section>
  );
}

function resume({ contributions: { total, lignes }, mesure: m, droits, catalogue: c }: ContributionsProps): string {
  const genre = genreDe(m);
  if ((!total || total.recues === 0) && !total?.attend && genre !== 'nombre')
    return `${genre === 'document' ? 'Document attendu' : 'Bilan attendu'} : aucun n’est encore donné pour cette période et ce territoire.`;
  if (!total || (total.recues === 0 && !total.attend)) return 'Aucune contribution n’est encore donnée pour cette période et ce territoire.';
  const attend = `${total.provisoire ? ` ${direProvisoire(lignes, c, droits.voirSaisie)}` : ''}${!droits.voirSaisie && total.attend ? ' Une valeur plus récente attend sa validation.' : ''}`;
  if (total.recues === 0) return 'Une valeur est donnée et attend sa validation.';
  const recues = `${pluriel(total.recues, 'contribution reçue', 'contributions reçues')} sur ${nombre(total.attendues)}`;
  if (genreDe(m) !== 'nombre' || total.etat !== 'valeur' || total.valeur === null) return `${recues}.${attend}`;
  return `${total.partiel ? 'Au moins ' : 'Au total '}${avecUnite(total.valeur, m.unite)}, ${recues}.${attend}`;
}

/** « 1 contribution est contestée, par Préfecture de Police. Une autre partie attend encore d’être validée ou confirmée. » */
function direProvisoire(lignes: readonly ValeurCollectee[], c: Catalogue, partenaire: boolean): string {
  const contestees = lignes.filter((v) => v.parole === 'contestee');
  const attend = partenaire ? 'attend encore d’être validée ou confirmée' : 'attend d’être confirmée';
  if (contestees.length === 0) return `Une partie ${attend}, ou est contestée.`;
  const par = enumerer([...new Set(contestees.flatMap((v) => v.contesteePar))].map((o) => c.nomActeur(o)));
  const autre = lignes.some((v) => v.parole !== 'contestee' && (v.parole !== 'acquise' || v.valideLe === null));
  const dit = `${pluriel(contestees.length, 'contribution')} ${contestees.length > 1 ? 'sont contestées' : 'est contestée'}, par ${par}.`;
  return autre ? `${dit} Une autre partie ${attend}.` : dit;
}

function Manquantes({ contributions: x, catalogue: c }: ContributionsProps) {
  const manquent = x.total?.manquent ?? [];
  if (manquent.length === 0) return null;
  const noms = [...new Set(manquent.map((k) => c.nomActeurA(k.debiteur, k.territoireId)))];
  // The same debtor in several places is told once, with how many.
  const dits = noms.map((n) => {
    const combien = manquent.filter((k) => c.nomActeurA(k.debiteur, k.territoireId) === n).length;
    return combien > 1 ? `${n} (${combien} territoires)` : n;
  });
  return <p className="govuk-body">{`${manquent.length > 1 ? 'Manquent' : 'Manque'} : ${enumerer(dits)}.`}</p>;
}

const valeurDe = (v: ValeurCollectee, m: Mesure): string => {
  if (v.etat === 'secret') return 'secret';
  if (v.etat === 'sans_objet') return 'sans objet';
  return v.valeur === null || genreDe(m) !== 'nombre' ? (genreDe(m) === 'document' ? 'document' : 'texte') : avecUnite(v.valeur, m.unite);
};

interface ValeurProps {
  v: ValeurCollectee;
  m: Mesure;
  x: Contributions;
  c: Catalogue;
  partenaire: boolean;
}
function Valeur({ v, m, x, c, partenaire }: ValeurProps) {
  if (v.etat !== 'valeur') return valeurDe(v, m);
  if (genreDe(m) === 'nombre' && v.valeur !== null) return nombre(v.valeur);
  const origine = [v.documentAuteur, v.documentLe ? jour(v.documentLe) : ''].filter(Boolean).join(', ');
  return (
    <>
      {genreDe(m) === 'texte' && <SignatureDite signature={x.signatures.get(v.id)} c={c} partenaire={partenaire} />}
      {v.texte && <RecitDit texte={v.texte} />}
      <Pieces pieces={x.pieces.get(v.id) ?? []} m={m} />
      {v.fichierId && (
        <div>
          <a className="govuk-link" href={`/chiffres/${m.id}/documents/${v.id}`} download="">
            {v.fichierNom}
          </a>
        </div>
      )}
      {v.lien && (
        <div>
          <a className="govuk-link" href={v.lien} rel="noopener noreferrer">
            Lire le document
          </a>
        </div>
      )}
      {(v.fichierId || v.lien) && <div className="govuk-hint govuk-!-margin-bottom-0">{origine || `donné le ${jourEtHeure(v.saisiLe)}`}</div>}
    </>
  );
}
