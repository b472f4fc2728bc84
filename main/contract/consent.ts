/** What a resident is told before money, in this order; the words are the operator's. */
export const consentSections = ['purpose', 'receiver', 'keeping', 'rights', 'contact', 'terms'] as const
