/** The tenant's goals: number, as text in payouts and conversions, and title. */
export const goalTitles: readonly string[] = [
  ...["Install", "Registration", "First Deposit", "Lead", "Trial", "Subscription", "Order", "Purchase", "Level 10"],
  ...["Confirmed Email", "Approved Loan", "Repeat Order", "First Order", "KYC", "Quote", "Policy"],
];
