import { defineModule } from '../../core/module.ts';

export default defineModule({ code: 'documents', libelle: 'Documents', plan: 'public', depend: [] });
