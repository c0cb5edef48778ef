"""The kit's own refusals in words: repeated submissions, tasks, approvals. Data only; other rooms word their own.

``REASONS`` is importable without Django being set up, as the wordings of the rooms are.
"""

REASONS = {
    "idempotency_key_reused": {
        "en": "This key ({key}) was used before for something else. Use a new key for a new submission.",
        "nb": "Denne nøkkelen ({key}) er allerede brukt til noe annet. Bruk en ny nøkkel for en ny innsending.",
    },
    "idempotency_key_unfit": {
        "en": "A key must have between 1 and {length_max} printable characters.",
        "nb": "En nøkkel må ha mellom 1 og {length_max} synlige tegn.",
    },
    "task_not_stuck": {
        "en": "Task {task} is not stuck, so there is nothing to retry or give up.",
        "nb": "Oppgave {task} står ikke fast, så det er ingenting å prøve på nytt eller gi opp.",
    },
    "approval_over": {
        "en": "This has been decided already.",
        "nb": "Dette er allerede avgjort.",
    },
    "own_request_not_decided": {
        "en": "You asked for this yourself, so somebody else has to decide.",
        "nb": "Du har selv bedt om dette, så noen andre må avgjøre.",
    },
    "not_asked_to_decide": {
        "en": "Your word is not asked for here, or has been given already.",
        "nb": "Du er ikke bedt om å avgjøre dette, eller har allerede svart.",
    },
    "decline_without_reason": {
        "en": "Say why when you decline.",
        "nb": "Si hvorfor når du avslår.",
    },
    "nobody_to_approve": {
        "en": "Too few people can approve this: {needed} are needed besides whoever asks.",
        "nb": "For få kan godkjenne dette: det trengs {needed} utenom den som spør.",
    },
}
"""Code → language → sentence."""
