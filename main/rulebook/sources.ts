/** Where the facts of the rulebook come from. */
export const sources = {
  pamphlet: 'Pamphlet 致各位外國居民, Ministry of Internal Affairs and Communications and Digital Agency of Japan, January 2023',
  moicaForeigners: 'MOICA (moica.nat.gov.tw), frequently asked questions on the certificate of foreign residents',
  citizenGuide: 'Guide to the citizen certificate (askloan.tw, a third party; MOICA wins where they differ)',
  ageActs: 'Japan: Act on Calculating Age (Act 50 of 1902); Taiwan: Civil Code, articles 121 and 124',
  civilCodes: 'Japan: Civil Code, articles 140-143; Taiwan: Civil Code, articles 120-122',
  municipalities: 'Notices of Japanese municipalities on moving, continued use and expedited issue',
  numberAct: 'Act on the Use of Numbers (Act 27 of 2013), articles 15, 19 and 20',
  eras: 'Proclamations of the eras and the Era Name Act (Act 43 of 1979)',
} as const
