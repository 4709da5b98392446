export { routes } from './accueil.routes.tsx';
