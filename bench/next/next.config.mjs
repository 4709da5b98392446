export default { compress: true, turbopack: { root: import.meta.dirname } };
