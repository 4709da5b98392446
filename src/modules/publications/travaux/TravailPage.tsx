import type { Travail } from '../../../core/jobs/jobs.ts';
import { ButtonGroup, LinkButton } from '../../../ui/Button.tsx';
import { PageHeader, Section } from '../../../ui/PageHeader.tsx';
import { InsetText } from '../../../ui/InsetText.tsx';
import { ProgressBar } from '../../../ui/ProgressBar.tsx';
import { SummaryList } from '../../../ui/SummaryList.tsx';
import { WarningText } from '../../../ui/WarningText.tsx';
import { nombre, octets } from '../../../ui/typographie.ts';

const COMPTES = { lus: 'Lus', nouveaux: 'Nouveaux', connus: 'Déjà connus', avertis: 'Avertis', rejetes: 'Rejetés' } as const;

interface Motif {
  motif: string;
  nombre: number;
  lignes: number[];
}

export function TravailPage({ travail: t }: { travail: Travail }) {
  const r = t.resultat;
  const fini = t.etat === 'fait' || t.etat === 'echec';
  const motifs = Array.isArray(r?.motifs) ? (r.motifs as Motif[]) : [];
  return (
    <>
      <PageHeader titre={t.libelle} />
      {!fini && <ProgressBar libelle={t.message || 'En attente'} fait={t.fait} total={t.total ?? 0} suivi={`/travaux/${t.id}/suivi`} />}
      {t.etat === 'echec' && <WarningText>{t.message}</WarningText>}
      {t.etat === 'fait' && r && typeof r.fichier === 'string' && (
        <>
          <p className="govuk-body">
            Votre fichier est prêt : {String(r.nom)} ({octets(Number(r.octets))}).
          </p>
          <ButtonGroup>
            <LinkButton href={`/travaux/${t.id}/fichier`} telecharger>
              Télécharger
            </LinkButton>
            <LinkButton variante="discret" href="/bilan">
              Préparer un autre bilan
            </LinkButton>
          </ButtonGroup>
        </>
      )}
      {t.etat === 'fait' && r && 'lus' in r && (
        <>
          <SummaryList lignes={Object.entries(COMPTES).map(([cle, libelle]) => ({ cle: libelle, valeur: nombre(Number(r[cle] ?? 0)) }))} />
          {typeof r.avis === 'string' && <InsetText>{r.avis}</InsetText>}
          {motifs.length > 0 && (
            <Section titre="Avertissements et rejets">
              <ul className="govuk-list govuk-list--bullet">
                {motifs.map((m) => (
                  <li key={m.motif}>
                    {nombre(m.nombre)} × {m.motif} (lignes {m.lignes.join(', ')}…)
                  </li>
                ))}
              </ul>
            </Section>
          )}
          <LinkButton variante="secondaire" href={typeof r.retour === 'string' ? r.retour : '/signalements/imports'}>
            Revenir aux imports
          </LinkButton>
        </>
      )}
    </>
  );
}
