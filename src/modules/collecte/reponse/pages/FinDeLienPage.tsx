import { PageHeader } from '../../../../ui/PageHeader.tsx';
import { type FinDeLien, FINS } from '../lien.rules.ts';

export const FinDeLienPage = ({ fin }: { fin: FinDeLien }) => <PageHeader titre="Ce lien ne sert plus" chapo={FINS[fin]} />;
