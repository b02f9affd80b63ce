"""Words for a generated library: stretches of text in English and French with the same meaning, markup and values.

They say what declarations of this kind say, and nothing about any institution or State. A sentence is an action, an
object, those it is for, a place, a manner and a reason; a French text begins as its kind of clause must.
"""

from __future__ import annotations

ACTIONS = (
    ("guarantee", "garantir"),
    ("provide for", "prévoir"),
    ("strengthen", "renforcer"),
    ("finance", "financer"),
    ("review", "réexaminer"),
    ("monitor", "suivre"),
    ("improve", "améliorer"),
    ("protect", "protéger"),
    ("extend", "étendre"),
    ("explain", "expliquer"),
    ("organise", "organiser"),
    ("restore", "rétablir"),
    ("support", "soutenir"),
    ("evaluate", "évaluer"),
    ("ensure", "assurer"),
    ("simplify", "simplifier"),
    ("promote", "promouvoir"),
    ("define by law", "définir par la loi"),
)
OBJECTS = (
    ("access to school and to vocational training", "l’accès à l’école et à la formation professionnelle", "school"),
    ("medical care, including mental health care", "les soins médicaux, y compris de santé mentale", "health"),
    ("the appointment of a [guardian](term:guardian)", "la désignation d’un [tuteur](term:guardian)", "guardian"),
    ("free [legal assistance](term:legal-assistance)", "l’[assistance juridique](term:legal-assistance)", "legal-help"),
    ("the [right to be heard](term:right-to-be-heard)", "le [droit d’être entendu](term:right-to-be-heard)", "hearing"),
    (
        "[family reunification](term:family-reunification)",
        "le [regroupement familial](term:family-reunification)",
        "family",
    ),
    (
        "[birth registration](term:birth-registration)",
        "l’[enregistrement des naissances](term:birth-registration)",
        "birth",
    ),
    ("a safe place to sleep, to play and to learn", "un lieu sûr où dormir, jouer et apprendre", "shelter"),
    ("the training of the staff who meet children", "la formation du personnel qui rencontre des enfants", "training"),
    ("ways of complaining that are easy to use", "des voies de plainte faciles à utiliser", "complaints"),
    (
        "protection from [trafficking in human beings](term:trafficking)",
        "la protection contre la [traite des êtres humains](term:trafficking)",
        "trafficking",
    ),
    (
        "regular visits by independent institutions",
        "des visites régulières par des institutions indépendantes",
        "visits",
    ),
    (
        "[child-friendly information](term:child-friendly-information)",
        "l’[information adaptée aux enfants](term:child-friendly-information)",
        "information",
    ),
    ("the exchange of good practice between services", "l’échange de bonnes pratiques entre services", "exchange"),
    (
        "the search for a [durable solution](term:durable-solution)",
        "la recherche d’une [solution durable](term:durable-solution)",
        "solution",
    ),
    ("the confidentiality of what a child has told", "la confidentialité de ce qu’un enfant a raconté", "privacy"),
    ("care in families rather than in institutions", "l’accueil en famille plutôt qu’en institution", "care"),
    (
        "[alternatives to detention](term:alternatives-to-detention)",
        "les [mesures alternatives à la rétention](term:alternatives-to-detention)",
        "alternatives",
    ),
)
FOR = (
    ("every child who arrives", "tout enfant qui arrive"),
    ("every [unaccompanied child](term:unaccompanied-child)", "tout [enfant non accompagné](term:unaccompanied-child)"),
    ("every [separated child](term:separated-child)", "tout [enfant séparé](term:separated-child)"),
    ("children who travel with their parents", "les enfants qui voyagent avec leurs parents"),
    ("children with disabilities", "les enfants en situation de handicap"),
    ("girls and boys alike", "les filles comme les garçons"),
    ("young people who come of age", "les jeunes qui atteignent la majorité"),
    ("every [migrant child](term:migrant-child)", "tout [enfant migrant](term:migrant-child)"),
    ("children who have lost contact with their family", "les enfants qui ont perdu le contact avec leur famille"),
    ("children born on the way", "les enfants nés en chemin"),
)
PLACES = (
    ("at land and sea borders", "aux frontières terrestres et maritimes"),
    ("in every [reception centre](term:reception-centre)", "dans chaque [centre d’accueil](term:reception-centre)"),
    ("in large cities and in the country", "dans les grandes villes et à la campagne"),
    ("at airports and in ports", "dans les aéroports et dans les ports"),
    ("in the procedures for asylum and for residence", "dans les procédures d’asile et de séjour"),
    ("before courts and before authorities", "devant les tribunaux et devant les administrations"),
    ("on both shores of the Mediterranean", "sur les deux rives de la Méditerranée"),
    ("in every [transit centre](term:transit-centre)", "dans chaque [centre de transit](term:transit-centre)"),
    ("wherever children are housed", "partout où des enfants sont hébergés"),
    ("during and after every journey", "pendant et après chaque trajet"),
)
MANNERS = (
    ("without delay and free of charge", "sans délai et gratuitement"),
    ("in a language that the child understands", "dans une langue que l’enfant comprend"),
    ("whatever the papers that the child can show", "quels que soient les papiers que l’enfant peut présenter"),
    ("with the help of a trained interpreter", "avec l’aide d’un interprète formé"),
    ("together with the child and the family", "avec l’enfant et sa famille"),
    ("with means that last beyond one year", "avec des moyens qui durent au-delà d’une année"),
    ("under the control of an independent authority", "sous le contrôle d’une autorité indépendante"),
    ("by staff chosen and trained for this work", "par un personnel choisi et formé pour ce travail"),
    ("from the first day and until a decision is final", "dès le premier jour et jusqu’à la décision définitive"),
    ("in the same way as for children who are nationals", "de la même manière que pour les enfants nationaux"),
)
REASONS = (
    ("since the child’s *best interests* come first", "car l’*intérêt supérieur* de l’enfant passe avant tout"),
    ("since a child is a child before anything else", "car un enfant est un enfant avant toute autre chose"),
    ("since time passes faster for a child", "car le temps passe plus vite pour un enfant"),
    ("so that no child has to explain twice", "afin qu’aucun enfant ne doive s’expliquer deux fois"),
    (
        "so that decisions rest on facts and not on fear",
        "afin que les décisions reposent sur des faits et non sur la peur",
    ),
    ("so that families stay together", "afin que les familles restent ensemble"),
    ("as the Convention asks of *every* State", "comme la Convention le demande à *chaque* État"),
    ("and publish the results every year", "et en publier les résultats chaque année"),
    ("so that nobody is punished for having complained", "afin que personne ne soit puni pour s’être plaint"),
    ("so that what was decided together is done together", "afin que ce qui a été décidé ensemble soit fait ensemble"),
)
NOTES = (
    ("See the reports of the institutions on this subject.", "Voir les rapports des institutions à ce sujet."),
    ("The words follow those of the Convention.", "Les mots suivent ceux de la Convention."),
    ("Each institution acts within its mandate.", "Chaque institution agit dans le cadre de son mandat."),
)
BASES = ("CRC art. 2", "CRC art. 3", "CRC art. 12", "CRC art. 20", "CRC art. 22", "CRC art. 28", "CRC art. 37(b)")
LEADS = {
    "recital": (
        ("*Recalling* the duty to ", "*Rappelant* le devoir ", "de"),
        ("*Aware* of the need to ", "*Conscients* de la nécessité ", "de"),
        ("*Convinced* that it is possible to ", "*Convaincus* qu’il est possible ", "de"),
    ),
    "recall": (
        ("that international law obliges States to ", "que le droit international oblige les États ", "à"),
        ("that it is for public authorities to ", "qu’il appartient aux pouvoirs publics ", "de"),
        ("that every State has undertaken to ", "que chaque État s’est engagé ", "à"),
    ),
    "commitment": (("to ", "", "à"),),
    "call": (("to ", "", "de"),),
}
"""By kind of clause: how it opens in English, in French, and the preposition before the French infinitive."""
