import { defineModule } from '../../core/module.ts';

export default defineModule({
  code: 'collecte',
  libelle: 'Collecte',
  plan: 'partenariat',
  depend: ['contrats', 'indicateurs'],
});
