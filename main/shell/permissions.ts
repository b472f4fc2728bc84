import type { Session, WebContents } from 'electron'
import type { Role } from '../contract/commands.ts'
import { isPermitted, ownerOf } from './security.ts'

/** Puts the permission table into force, and lets nothing but our own pages be loaded. */
export function enforcePermissions(session: Session, roleOf: (contents: WebContents | null) => Role | null): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    answer(isPermitted({ role: roleOf(contents), permission, origin: details.requestingUrl, mainFrame: details.isMainFrame, media }))
  })
  session.setPermissionCheckHandler((contents, permission, origin, details) =>
    isPermitted({ role: roleOf(contents), permission, origin, mainFrame: details.isMainFrame, media: details.mediaType ? [details.mediaType] : [] }),
  )
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event) => event.preventDefault())
  session.webRequest.onBeforeRequest((details, answer) => answer({ cancel: ownerOf(details.url) === null && !details.url.startsWith('blob:') }))
}
