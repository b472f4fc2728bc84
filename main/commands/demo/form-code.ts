/**
 * What the code on the demonstration's form says: an address of the application site with an application form ID of 23 digits. The real payload is not public
 * (rules C3); this one only has the shape that the parser asks for.
 */
export const demoFormCode = 'https://net.kojinbango-card.go.jp/?id=20261121000000000012345'
