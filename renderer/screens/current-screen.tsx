import { useView } from '../booth-context.ts'
import { StaffCamera } from '../staff/camera-check.tsx'
import { StaffSignIn } from '../staff/sign-in.tsx'
import { StaffBooth } from '../staff/staff-booth.tsx'
import { AdviceScreen } from './advice.tsx'
import { AskingScreen } from './asking.tsx'
import { AttractScreen } from './attract.tsx'
import { CardScreen } from './card.tsx'
import { ClaimScreen } from './claim.tsx'
import { ConsentScreen } from './consent.tsx'
import { DateScreen } from './date.tsx'
import { DeliveryScreen } from './delivery.tsx'
import { FieldScreen } from './field.tsx'
import { GoodbyeScreen } from './goodbye.tsx'
import { HeldScreen } from './held.tsx'
import { IdentifierScreen } from './identifier.tsx'
import { InfoScreen } from './info.tsx'
import { LanguagesScreen } from './languages.tsx'
import { LeaveScreen } from './leave.tsx'
import { MenuScreen } from './menu.tsx'
import { OfferScreen } from './offer.tsx'
import { OutOfServiceScreen } from './out-of-service.tsx'
import { PayingOutScreen } from './paying-out.tsx'
import { PaymentScreen } from './payment.tsx'
import { PhotoReviewScreen } from './photo-review.tsx'
import { PhotoScreen } from './photo.tsx'
import { PinScreen } from './pin.tsx'
import { QuestionScreen } from './question.tsx'
import { ReceiptScreen } from './receipt.tsx'
import { ReviewScreen } from './review.tsx'
import { ScanScreen } from './scan.tsx'
import { SendingScreen } from './sending.tsx'
import { StopScreen } from './stop.tsx'
import { TypedIdScreen } from './typed-id.tsx'

/** The screen that the view names. */
export function CurrentScreen() {
  const view = useView()
  switch (view.screen) {
    case 'starting':
      return null
    case 'attract':
      return <AttractScreen view={view} />
    case 'out-of-service':
      return <OutOfServiceScreen view={view} />
    case 'languages':
      return <LanguagesScreen />
    case 'menu':
      return <MenuScreen view={view} />
    case 'offer':
      return <OfferScreen view={view} />
    case 'consent':
      return <ConsentScreen view={view} />
    case 'info':
      return <InfoScreen view={view} />
    case 'question':
      return <QuestionScreen view={view} />
    case 'date':
      return <DateScreen view={view} />
    case 'stop':
      return <StopScreen view={view} />
    case 'payment':
      return <PaymentScreen view={view} />
    case 'scan':
      return <ScanScreen view={view} />
    case 'typed-id':
      return <TypedIdScreen key={view.round} view={view} />
    case 'identifier':
      return <IdentifierScreen view={view} />
    case 'photo':
      return <PhotoScreen view={view} />
    case 'photo-review':
      return <PhotoReviewScreen view={view} />
    case 'delivery':
      return <DeliveryScreen view={view} />
    case 'review':
      return <ReviewScreen view={view} />
    case 'paying-out':
      return <PayingOutScreen view={view} />
    case 'field':
      return <FieldScreen view={view} />
    case 'card':
      return <CardScreen view={view} />
    case 'pin':
      return <PinScreen key={`${view.step} ${view.pin}`} view={view} />
    case 'asking':
      return <AskingScreen view={view} />
    case 'advice':
      return <AdviceScreen view={view} />
    case 'sending':
      return <SendingScreen />
    case 'receipt':
      return <ReceiptScreen view={view} />
    case 'claim':
      return <ClaimScreen view={view} />
    case 'held':
      return <HeldScreen view={view} />
    case 'leave':
      return <LeaveScreen view={view} />
    case 'staff-sign-in':
      return <StaffSignIn view={view} />
    case 'staff':
      return <StaffBooth view={view} />
    case 'staff-camera':
      return <StaffCamera view={view} />
    case 'goodbye':
      return <GoodbyeScreen view={view} />
  }
}
