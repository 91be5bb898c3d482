<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Vocal Remover</source>
        <translation>Über Vocal Remover</translation>
    </message>
    <message>
        <source>Vocal Remover</source>
        <translation>Vocal Remover</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>Version {version}</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>Mitwirkende</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>The separation follows &lt;b&gt;carperbr’s frame transformer&lt;/b&gt;, a variation of &lt;b&gt;tsurumeso’s vocal-remover&lt;/b&gt;, inspired by &lt;b&gt;MMDenseLSTM&lt;/b&gt; (Takahashi et al.). Thank you.</source>
        <translation>Die Trennung folgt dem &lt;b&gt;Frame Transformer von carperbr&lt;/b&gt;, einer Variante von &lt;b&gt;tsurumesos vocal-remover&lt;/b&gt;, angeregt durch &lt;b&gt;MMDenseLSTM&lt;/b&gt; (Takahashi et al.). Vielen Dank.</translation>
    </message>
    <message>
        <source>Checkpoint in use: {name}</source>
        <translation>Verwendeter Checkpoint: {name}</translation>
    </message>
    <message>
        <source>The checkpoint is loaded when the first song is separated.</source>
        <translation>Der Checkpoint wird geladen, sobald der erste Song getrennt wird.</translation>
    </message>
    <message>
        <source>The code is under the MIT licence, the weights under CC BY-SA 4.0.</source>
        <translation>Der Code steht unter der MIT-Lizenz, die Gewichte unter CC BY-SA 4.0.</translation>
    </message>
    <message>
        <source>References</source>
        <translation>Literatur</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Next Song</source>
        <translation>Nächster Song</translation>
    </message>
    <message>
        <source>Separate</source>
        <translation>Trennen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>Export All…</source>
        <translation>Alle exportieren…</translation>
    </message>
    <message>
        <source>Separate Songs When Opened</source>
        <translation>Songs beim Öffnen trennen</translation>
    </message>
    <message>
        <source>Kept Separations…</source>
        <translation>Aufbewahrte Trennungen…</translation>
    </message>
    <message>
        <source>Checkpoints…</source>
        <translation>Checkpoints…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>Go to Start</source>
        <translation>Zum Anfang</translation>
    </message>
    <message>
        <source>Back 5 Seconds</source>
        <translation>5 Sekunden zurück</translation>
    </message>
    <message>
        <source>Forward 5 Seconds</source>
        <translation>5 Sekunden vor</translation>
    </message>
    <message>
        <source>Back 1 Second</source>
        <translation>1 Sekunde zurück</translation>
    </message>
    <message>
        <source>Forward 1 Second</source>
        <translation>1 Sekunde vor</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>Instrumental</translation>
    </message>
    <message>
        <source>Vocals</source>
        <translation>Gesang</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>Loop</translation>
    </message>
    <message>
        <source>Loop Starts Here</source>
        <translation>Loop beginnt hier</translation>
    </message>
    <message>
        <source>Loop Ends Here</source>
        <translation>Loop endet hier</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Run Region Again</source>
        <translation>Bereich neu trennen</translation>
    </message>
    <message>
        <source>Next Take</source>
        <translation>Nächster Take</translation>
    </message>
    <message>
        <source>Match Loudness</source>
        <translation>Lautheit angleichen</translation>
    </message>
    <message>
        <source>Blind Test…</source>
        <translation>Blindtest…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>Lauter</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>Leiser</translation>
    </message>
    <message>
        <source>Low End</source>
        <translation>Bassbereich</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>Dropouts</source>
        <translation>Pegeleinbrüche</translation>
    </message>
    <message>
        <source>Low-End Meter</source>
        <translation>Bassanzeige</translation>
    </message>
    <message>
        <source>Save Picture…</source>
        <translation>Bild speichern…</translation>
    </message>
    <message>
        <source>Show Whole Song</source>
        <translation>Ganzen Song zeigen</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Mixer</source>
        <translation>Mixer</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>Details…</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Dismiss Message</source>
        <translation>Meldung schließen</translation>
    </message>
    <message>
        <source>About Vocal Remover</source>
        <translation>Über Vocal Remover</translation>
    </message>
</context>
<context>
    <name>BlindTestDialog</name>
    <message>
        <source>Blind Test</source>
        <translation>Blindtest</translation>
    </message>
    <message>
        <source>What to compare</source>
        <translation>Was verglichen wird</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
    <message>
        <source>X is A</source>
        <translation>X ist A</translation>
    </message>
    <message>
        <source>X is B</source>
        <translation>X ist B</translation>
    </message>
    <message>
        <source>Show result</source>
        <translation>Ergebnis zeigen</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>X is secretly A or B. Listen as often as you like, then say which. All are played equally loud.</source>
        <translation>X ist insgeheim A oder B. Beliebig oft anhören, dann entscheiden. Alle werden gleich laut gespielt.</translation>
    </message>
    <message>
        <source>Measuring how loud they are…</source>
        <translation>Lautheit wird gemessen…</translation>
    </message>
    <message>
        <source>{count} of at least {enough} answers given.</source>
        <translation>{count} von mindestens {enough} Antworten gegeben.</translation>
    </message>
    <message>
        <source>{count} answers given; more make the result surer.</source>
        <translation>{count} Antworten gegeben; weitere machen das Ergebnis sicherer.</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>You were right {correct} of {answers} times. </source>
        <translation>{correct} von {answers} Antworten waren richtig. </translation>
    </message>
    <message>
        <source>Guessing does as well in {chance} % of tests: you could tell.</source>
        <translation>Raten gelingt ebenso gut in {chance} % der Tests: Der Unterschied war zu hören.</translation>
    </message>
    <message>
        <source>Guessing does as well in {chance} % of tests: no difference shown.</source>
        <translation>Raten gelingt ebenso gut in {chance} % der Tests: Ein Unterschied ist nicht belegt.</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>Result check passed.</source>
        <translation>Ergebnisprüfung bestanden.</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>Und {count} weitere.</translation>
    </message>
    <message>
        <source>Result check: {flaws}</source>
        <translation>Ergebnisprüfung: {flaws}</translation>
    </message>
    <message>
        <source>{stem}: {samples} samples late.</source>
        <translation>{stem}: um {samples} Samples verzögert.</translation>
    </message>
    <message>
        <source>{stem}: wrong length, by {samples} samples.</source>
        <translation>{stem}: falsche Länge, um {samples} Samples.</translation>
    </message>
    <message>
        <source>{stem}: no numbers from {start} to {stop}.</source>
        <translation>{stem}: ungültige Werte von {start} bis {stop}.</translation>
    </message>
    <message>
        <source>{stem}: silent, though the song is not.</source>
        <translation>{stem}: still, obwohl der Song es nicht ist.</translation>
    </message>
    <message>
        <source>{stem}: empty from {start} to {stop}.</source>
        <translation>{stem}: leer von {start} bis {stop}.</translation>
    </message>
    <message>
        <source>{stem}: a step at {start}.</source>
        <translation>{stem}: ein Sprung bei {start}.</translation>
    </message>
    <message>
        <source>The sum of the stems is upside down.</source>
        <translation>Die Summe der Stems ist verpolt.</translation>
    </message>
    <message>
        <source>The sum of the stems is {samples} samples late.</source>
        <translation>Die Summe der Stems ist um {samples} Samples verzögert.</translation>
    </message>
</context>
<context>
    <name>CheckpointCommands</name>
    <message>
        <source>The checkpoint is being looked at…</source>
        <translation>Der Checkpoint wird geprüft…</translation>
    </message>
    <message>
        <source>“{name}” separates songs from now on; Song &gt; Checkpoints changes that.</source>
        <translation>„{name}“ trennt ab jetzt die Songs; unter Song &gt; Checkpoints lässt sich das ändern.</translation>
    </message>
</context>
<context>
    <name>CheckpointDialog</name>
    <message>
        <source>Checkpoints</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>What the checkpoint is</source>
        <translation>Was der Checkpoint ist</translation>
    </message>
    <message>
        <source>How several are combined</source>
        <translation>Wie mehrere verbunden werden</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Compare by Ear</source>
        <translation>Nach Gehör vergleichen</translation>
    </message>
    <message>
        <source>Separate the selected region with them, then tell A, B and X apart</source>
        <translation>Den gewählten Bereich mit ihnen trennen und dann A, B und X unterscheiden</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Several together:</source>
        <translation>Mehrere zusammen:</translation>
    </message>
    <message>
        <source>{name}  (in use)</source>
        <translation>{name}  (in Verwendung)</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>Wird importiert…</translation>
    </message>
    <message>
        <source>Import checkpoints</source>
        <translation>Checkpoints importieren</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors *.pth);;All files (*)</source>
        <translation>Checkpoints (*.safetensors *.pth);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Delete “{name}” from this computer?</source>
        <translation>„{name}“ von diesem Computer löschen?</translation>
    </message>
    <message>
        <source>Delete Checkpoint</source>
        <translation>Checkpoint löschen</translation>
    </message>
    <message>
        <source>“{name}” was imported.</source>
        <translation>„{name}“ wurde importiert.</translation>
    </message>
</context>
<context>
    <name>CheckpointImport</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
</context>
<context>
    <name>CompareCommands</name>
    <message>
        <source>Mixture and instrumental</source>
        <translation>Mischung und Instrumental</translation>
    </message>
    <message>
        <source>Instrumental with and without the voice of the mixer</source>
        <translation>Instrumental mit und ohne Gesang aus dem Mixer</translation>
    </message>
    <message>
        <source>First result</source>
        <translation>Erstes Ergebnis</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} und {second}</translation>
    </message>
</context>
<context>
    <name>CrashHook</name>
    <message>
        <source>Something went wrong that should not have; the details say more.</source>
        <translation>Es ist ein unerwarteter Fehler aufgetreten; die Details sagen mehr.</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Versions, devices, settings and this log, without any folders</source>
        <translation>Versionen, Geräte, Einstellungen und dieses Protokoll, ohne Ordnernamen</translation>
    </message>
    <message>
        <source>Report Copied</source>
        <translation>Bericht kopiert</translation>
    </message>
</context>
<context>
    <name>DropoutPanel</name>
    <message>
        <source>Dropouts</source>
        <translation>Pegeleinbrüche</translation>
    </message>
    <message>
        <source>Click, or press Enter, to go to a second before</source>
        <translation>Klicken oder Eingabetaste: springt eine Sekunde davor</translation>
    </message>
    <message>
        <source>Estimated from the song alone: where the instrumental is quieter under the voice than around it. A break of the band may look the same.</source>
        <translation>Allein aus dem Song geschätzt: wo das Instrumental unter dem Gesang leiser ist als davor und danach. Eine Pause der Band kann genauso aussehen.</translation>
    </message>
    <message>
        <source>No dropouts were found.</source>
        <translation>Keine Pegeleinbrüche gefunden.</translation>
    </message>
    <message>
        <source>One dropout.</source>
        <translation>Ein Pegeleinbruch.</translation>
    </message>
    <message>
        <source>{count} dropouts.</source>
        <translation>{count} Pegeleinbrüche.</translation>
    </message>
</context>
<context>
    <name>Dropouts</name>
    <message>
        <source>{time}: {depth} dB too quiet for {length} s</source>
        <translation>{time}: {length} s lang {depth} dB zu leise</translation>
    </message>
</context>
<context>
    <name>EmptyView</name>
    <message>
        <source>Drop a song here</source>
        <translation>Song hier ablegen</translation>
    </message>
    <message>
        <source>Hear it without the voice, see what changed, and save the stems.</source>
        <translation>Ohne Gesang hören, sehen, was sich geändert hat, und die Stems speichern.</translation>
    </message>
    <message>
        <source>Choose a Song…</source>
        <translation>Song auswählen…</translation>
    </message>
    <message>
        <source>Choose a song</source>
        <translation>Song auswählen</translation>
    </message>
    <message>
        <source>WAV · FLAC · MP3 · M4A · OGG · Opus · AIFF · the sound of any video
Everything happens on this computer; nothing is uploaded.</source>
        <translation>WAV · FLAC · MP3 · M4A · OGG · Opus · AIFF · der Ton jedes Videos
Alles geschieht auf diesem Computer; nichts wird hochgeladen.</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A region can be {minutes} minutes long at most.</source>
        <translation>Ein Bereich kann höchstens {minutes} Minuten lang sein.</translation>
    </message>
    <message>
        <source>A region was separated with another checkpoint (sha256 {sha256}…); name its file with --checkpoint too.</source>
        <translation>Ein Bereich wurde mit einem anderen Checkpoint getrennt (sha256 {sha256}…); auch dessen Datei mit --checkpoint angeben.</translation>
    </message>
    <message>
        <source>A saved stem has {found:,} samples, not {length:,}.</source>
        <translation>Ein gespeicherter Stem hat {found:,} Samples statt {length:,}.</translation>
    </message>
    <message>
        <source>An ensemble has at most {most} networks.</source>
        <translation>Ein Ensemble hat höchstens {most} Netze.</translation>
    </message>
    <message>
        <source>Checkpoints for {rates} cannot be combined.</source>
        <translation>Checkpoints für {rates} lassen sich nicht verbinden.</translation>
    </message>
    <message>
        <source>Names cannot hold {{{field}}}; the fields are {{song}}, {{title}}, {{artist}} and {{stem}}.</source>
        <translation>Namen können {{{field}}} nicht enthalten; die Felder sind {{song}}, {{title}}, {{artist}} und {{stem}}.</translation>
    </message>
    <message>
        <source>No architecture is called {name}.</source>
        <translation>Keine Architektur heißt {name}.</translation>
    </message>
    <message>
        <source>The checkpoint that comes with the program stays.</source>
        <translation>Der mitgelieferte Checkpoint bleibt.</translation>
    </message>
    <message>
        <source>The checkpoint {name} cannot be read: {reason}.</source>
        <translation>Der Checkpoint {name} kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>The checkpoint {name} is damaged.</source>
        <translation>Der Checkpoint {name} ist beschädigt.</translation>
    </message>
    <message>
        <source>The checkpoint {name} is damaged: its weights were changed.</source>
        <translation>Der Checkpoint {name} ist beschädigt: Seine Gewichte wurden verändert.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s bands cannot be divided by their strides.</source>
        <translation>Die Bänder des Checkpoints lassen sich nicht durch ihre Schrittweiten teilen.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s bands do not cover its spectrum.</source>
        <translation>Die Bänder des Checkpoints decken sein Spektrum nicht ab.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s config asks for an impossible network.</source>
        <translation>Die Konfiguration des Checkpoints verlangt ein unmögliches Netz.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s config cannot be read.</source>
        <translation>Die Konfiguration des Checkpoints ist nicht lesbar.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s config has lists of different lengths.</source>
        <translation>Die Konfiguration des Checkpoints hat Listen verschiedener Länge.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s network hears parts of positions.</source>
        <translation>Das Netz des Checkpoints hört Positionen nur zum Teil.</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s positions cannot be halved that often.</source>
        <translation>Die Positionen des Checkpoints lassen sich nicht so oft halbieren.</translation>
    </message>
    <message>
        <source>The disk is full: the folder for temporary files “{folder}” takes no more.</source>
        <translation>Der Datenträger ist voll: Der Ordner für temporäre Dateien „{folder}“ nimmt nichts mehr auf.</translation>
    </message>
    <message>
        <source>The folder for temporary files “{folder}” cannot be used: {reason}.</source>
        <translation>Der Ordner für temporäre Dateien „{folder}“ ist nicht verwendbar: {reason}.</translation>
    </message>
    <message>
        <source>The folder “{folder}” may not be read.</source>
        <translation>Der Ordner „{folder}“ darf nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The graphics card cannot be used any more; going on with the CPU, which takes longer.</source>
        <translation>Die Grafikkarte lässt sich nicht mehr benutzen; weiter geht es mit der CPU, was länger dauert.</translation>
    </message>
    <message>
        <source>The graphics card has too little memory; going on with the CPU, which takes longer.</source>
        <translation>Die Grafikkarte hat zu wenig Speicher; weiter geht es mit der CPU, was länger dauert.</translation>
    </message>
    <message>
        <source>The names need {stem}, since more than one stem is saved.</source>
        <translation>Die Namen brauchen {stem}, da mehr als ein Stem gespeichert wird.</translation>
    </message>
    <message>
        <source>The names of the files are empty.</source>
        <translation>Die Namen der Dateien sind leer.</translation>
    </message>
    <message>
        <source>The names of the files are too long.</source>
        <translation>Die Namen der Dateien sind zu lang.</translation>
    </message>
    <message>
        <source>The region is too short to be separated again.</source>
        <translation>Der Bereich ist zu kurz, um neu getrennt zu werden.</translation>
    </message>
    <message>
        <source>The sidecar names a region beyond the song&apos;s end.</source>
        <translation>Die Begleitdatei nennt einen Bereich hinter dem Ende des Songs.</translation>
    </message>
    <message>
        <source>The sidecar names no known way to combine checkpoints.</source>
        <translation>Die Begleitdatei nennt keine bekannte Art, Checkpoints zu verbinden.</translation>
    </message>
    <message>
        <source>The stems were made with the checkpoint “{name}” (sha256 {sha256}…), which this is not; name its file with --checkpoint.</source>
        <translation>Die Stems entstanden mit dem Checkpoint „{name}“ (sha256 {sha256}…), und das ist dieser nicht; dessen Datei mit --checkpoint angeben.</translation>
    </message>
    <message>
        <source>The weights in the checkpoint do not fit its own config.</source>
        <translation>Die Gewichte im Checkpoint passen nicht zu seiner eigenen Konfiguration.</translation>
    </message>
    <message>
        <source>There is no Apple GPU here that torch can use.</source>
        <translation>Hier ist keine Apple-GPU, die torch verwenden kann.</translation>
    </message>
    <message>
        <source>There is no checkpoint at {path}.</source>
        <translation>Bei {path} gibt es keinen Checkpoint.</translation>
    </message>
    <message>
        <source>There is no device called {name}; use auto, cpu, mps or cuda:N.</source>
        <translation>Es gibt kein Gerät namens {name}; möglich sind auto, cpu, mps oder cuda:N.</translation>
    </message>
    <message>
        <source>There is no {name}: the graphics cards here end at cuda:{last}.</source>
        <translation>Es gibt kein {name}: Die Grafikkarten hier enden bei cuda:{last}.</translation>
    </message>
    <message>
        <source>There is too little memory; going on in smaller pieces.</source>
        <translation>Der Speicher reicht nicht; weiter geht es in kleineren Stücken.</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>ist beschädigt</translation>
    </message>
    <message>
        <source>is damaged and ends early</source>
        <translation>ist beschädigt und endet zu früh</translation>
    </message>
    <message>
        <source>is damaged: it goes on without end</source>
        <translation>ist beschädigt: die Datei hört nicht auf</translation>
    </message>
    <message>
        <source>is no audio or video that can be read, or it is damaged</source>
        <translation>ist kein lesbares Audio oder Video oder ist beschädigt</translation>
    </message>
    <message>
        <source>was changed while it was read</source>
        <translation>wurde beim Lesen verändert</translation>
    </message>
    <message>
        <source>{format} cannot hold {channels} channels at {rate} Hz.</source>
        <translation>{format} kann keine {channels} Kanäle bei {rate} Hz enthalten.</translation>
    </message>
    <message>
        <source>{format} cannot hold {channels} channels, only {counts}; use {other} for this.</source>
        <translation>{format} kann keine {channels} Kanäle enthalten, nur {counts}; dafür {other} verwenden.</translation>
    </message>
    <message>
        <source>{format} holds 16 or 24 bits, not 32-bit float; use WAV for that.</source>
        <translation>{format} hat 16 oder 24 Bit, nicht 32-Bit-Gleitkomma; dafür WAV verwenden.</translation>
    </message>
    <message>
        <source>{name} cannot be deleted: {reason}.</source>
        <translation>{name} kann nicht gelöscht werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be read: no process can be started.</source>
        <translation>{name} kann nicht gelesen werden: Es lässt sich kein Prozess starten.</translation>
    </message>
    <message>
        <source>{name} cannot be stored in {folder}: {reason}.</source>
        <translation>{name} kann nicht in {folder} abgelegt werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} cannot be used: {reason}.</source>
        <translation>{name} kann nicht verwendet werden: {reason}.</translation>
    </message>
    <message>
        <source>{name} combines its networks by {combination}; it cannot be part of an ensemble by {wanted}.</source>
        <translation>{name} verbindet seine Netze durch {combination}; es kann nicht Teil eines Ensembles durch {wanted} sein.</translation>
    </message>
    <message>
        <source>{name} does not hold the weights of a network.</source>
        <translation>{name} enthält keine Gewichte eines Netzes.</translation>
    </message>
    <message>
        <source>{name} holds more than weights, and might run code: it is refused.</source>
        <translation>{name} enthält mehr als Gewichte und könnte Code ausführen: Die Datei wird abgelehnt.</translation>
    </message>
    <message>
        <source>{name} holds several networks; one is wanted here.</source>
        <translation>{name} enthält mehrere Netze; hier ist eines gefragt.</translation>
    </message>
    <message>
        <source>{name} is damaged: it cannot be read in any time.</source>
        <translation>{name} ist beschädigt: Das Lesen kommt zu keinem Ende.</translation>
    </message>
    <message>
        <source>{name} is not a checkpoint of this program.</source>
        <translation>{name} ist kein Checkpoint dieses Programms.</translation>
    </message>
    <message>
        <source>{name} is not a checkpoint.</source>
        <translation>{name} ist kein Checkpoint.</translation>
    </message>
    <message>
        <source>{name} is of no network that is known here; of tsurumeso&apos;s vocal-remover, files of versions 5 and 6 are.</source>
        <translation>{name} gehört zu keinem hier bekannten Netz; von tsurumesos vocal-remover sind es die Dateien der Versionen 5 und 6.</translation>
    </message>
    <message>
        <source>{name} is too large to be a checkpoint.</source>
        <translation>{name} ist zu groß für einen Checkpoint.</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}.</source>
        <translation>„{name}“ kann nicht gelesen werden: {reason}.</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the disk is full.</source>
        <translation>„{name}“ konnte nicht geschrieben werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the folder “{folder}” does not exist.</source>
        <translation>„{name}“ konnte nicht geschrieben werden: Den Ordner „{folder}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the folder “{folder}” is read-only.</source>
        <translation>„{name}“ konnte nicht geschrieben werden: Der Ordner „{folder}“ ist schreibgeschützt.</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the name is too long for this disk.</source>
        <translation>„{name}“ konnte nicht geschrieben werden: Der Name ist zu lang für diesen Datenträger.</translation>
    </message>
    <message>
        <source>“{name}” could not be written: {reason}.</source>
        <translation>„{name}“ konnte nicht geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>“{name}” could not be written: “{folder}” is not a folder.</source>
        <translation>„{name}“ konnte nicht geschrieben werden: „{folder}“ ist kein Ordner.</translation>
    </message>
    <message>
        <source>“{name}” does not exist.</source>
        <translation>„{name}“ gibt es nicht.</translation>
    </message>
    <message>
        <source>“{name}” exists already and was not overwritten.</source>
        <translation>„{name}“ gibt es schon und wurde nicht überschrieben.</translation>
    </message>
    <message>
        <source>“{name}” has a sample rate of {rate:,} Hz; songs from {lowest:,} to {highest:,} Hz can be separated.</source>
        <translation>„{name}“ hat eine Abtastrate von {rate:,} Hz; getrennt werden können Songs von {lowest:,} bis {highest:,} Hz.</translation>
    </message>
    <message>
        <source>“{name}” is a device or a pipe, not a song.</source>
        <translation>„{name}“ ist ein Gerät oder eine Pipe, kein Song.</translation>
    </message>
    <message>
        <source>“{name}” is a folder and cannot be replaced by a file.</source>
        <translation>„{name}“ ist ein Ordner und kann nicht durch eine Datei ersetzt werden.</translation>
    </message>
    <message>
        <source>“{name}” is a folder, not a song.</source>
        <translation>„{name}“ ist ein Ordner, kein Song.</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>„{name}“ ist leer.</translation>
    </message>
    <message>
        <source>“{name}” is no sidecar of this program, or it is damaged: {reason}.</source>
        <translation>„{name}“ ist keine Begleitdatei dieses Programms oder beschädigt: {reason}.</translation>
    </message>
    <message>
        <source>“{name}” is not the song of the sidecar: its decoded samples differ.</source>
        <translation>„{name}“ ist nicht der Song der Begleitdatei: Die dekodierten Samples sind andere.</translation>
    </message>
    <message>
        <source>“{name}” is the song itself and was not overwritten.</source>
        <translation>„{name}“ ist der Song selbst und wurde nicht überschrieben.</translation>
    </message>
    <message>
        <source>“{name}” lies neither beside the sidecar nor in the folder above or here; name it with --song.</source>
        <translation>„{name}“ liegt weder neben der Begleitdatei noch im Ordner darüber oder hier; mit --song angeben.</translation>
    </message>
    <message>
        <source>“{name}” may not be read by this user.</source>
        <translation>„{name}“ darf von diesem Benutzer nicht gelesen werden.</translation>
    </message>
    <message>
        <source>“{name}” needs about {needed} for its stems, but only {free} are free in “{folder}”.</source>
        <translation>„{name}“ braucht etwa {needed} für die Stems, aber in „{folder}“ sind nur {free} frei.</translation>
    </message>
    <message>
        <source>“{name}” needs {needed} for temporary files, but only {free} are free in “{folder}”.</source>
        <translation>„{name}“ braucht {needed} für temporäre Dateien, aber in „{folder}“ sind nur {free} frei.</translation>
    </message>
    <message>
        <source>“{name}” would hold no sound.</source>
        <translation>„{name}“ würde keinen Ton enthalten.</translation>
    </message>
    <message>
        <source>“{name}” {reason}.</source>
        <translation>„{name}“ {reason}.</translation>
    </message>
    <message>
        <source>“{name}” {reason}; what could be decoded is used.</source>
        <translation>„{name}“ {reason}; was sich dekodieren ließ, wird verwendet.</translation>
    </message>
</context>
<context>
    <name>ExportAllDialog</name>
    <message>
        <source>Beside each song</source>
        <translation>Neben jedem Song</translation>
    </message>
    <message>
        <source>Songs that are not separated yet are saved as soon as they are.</source>
        <translation>Noch nicht getrennte Songs werden gespeichert, sobald sie getrennt sind.</translation>
    </message>
    <message>
        <source>Where a file is there already, the new one gets a number.</source>
        <translation>Ist eine Datei schon vorhanden, bekommt die neue eine Nummer.</translation>
    </message>
    <message>
        <source>Of the open song: {holds}</source>
        <translation>Zum geöffneten Song: {holds}</translation>
    </message>
    <message>
        <source>Export all songs of the queue: {count}</source>
        <translation>Alle Songs der Warteschlange exportieren: {count}</translation>
    </message>
    <message>
        <source>The queue holds no songs that can be saved.</source>
        <translation>In der Warteschlange sind keine Songs, die gespeichert werden können.</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>The separation is not finished; the files are written once it is.</source>
        <translation>Die Trennung ist noch nicht fertig; die Dateien werden danach geschrieben.</translation>
    </message>
    <message>
        <source>Export “{title}”</source>
        <translation>„{title}“ exportieren</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>Diesen Ordner gibt es nicht.</translation>
    </message>
    <message>
        <source>The song itself would be replaced.</source>
        <translation>Der Song selbst würde ersetzt.</translation>
    </message>
    <message>
        <source>Files of these names are there already.</source>
        <translation>Dateien mit diesen Namen sind schon vorhanden.</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Bit depth</source>
        <translation>Bittiefe</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>Qualität</translation>
    </message>
    <message>
        <source>Small files</source>
        <translation>Kleine Dateien</translation>
    </message>
    <message>
        <source>High quality</source>
        <translation>Hohe Qualität</translation>
    </message>
    <message>
        <source>Highest quality</source>
        <translation>Höchste Qualität</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>Ordner</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Auswählen…</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Only a sample, from where the voice starts</source>
        <translation>Nur eine Hörprobe ab dem Einsatz des Gesangs</translation>
    </message>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>Length of the sample in seconds</source>
        <translation>Länge der Hörprobe in Sekunden</translation>
    </message>
    <message>
        <source>Replace files that are there already</source>
        <translation>Vorhandene Dateien ersetzen</translation>
    </message>
    <message>
        <source>Also save how they were made, to make them again</source>
        <translation>Auch speichern, wie sie entstanden, um sie neu zu erzeugen</translation>
    </message>
    <message>
        <source>Stems</source>
        <translation>Stems</translation>
    </message>
    <message>
        <source>{song} is the file’s name; {title} and {artist} are what its tags say.</source>
        <translation>{song} ist der Dateiname; {title} und {artist} stammen aus den Tags.</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>Choose at least one stem.</source>
        <translation>Mindestens einen Stem auswählen.</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
</context>
<context>
    <name>FindingCommands</name>
    <message>
        <source>Looking for dropouts…</source>
        <translation>Pegeleinbrüche werden gesucht…</translation>
    </message>
    <message>
        <source>They are listed once the song is separated.</source>
        <translation>Sie werden aufgelistet, sobald der Song getrennt ist.</translation>
    </message>
    <message>
        <source>Keep Low End</source>
        <translation>Bassbereich erhalten</translation>
    </message>
    <message>
        <source>Give Low End Back to Voice</source>
        <translation>Bassbereich dem Gesang zurückgeben</translation>
    </message>
    <message>
        <source>Change Frequency of Low End</source>
        <translation>Frequenz des Bassbereichs ändern</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet…</translation>
    </message>
    <message>
        <source>Vocal Remover</source>
        <translation>Vocal Remover</translation>
    </message>
    <message>
        <source>No song is open</source>
        <translation>Kein Song geöffnet</translation>
    </message>
    <message>
        <source>Next · {count} more</source>
        <translation>Nächster · noch {count}</translation>
    </message>
    <message>
        <source>Drop to use this checkpoint</source>
        <translation>Ablegen, um diesen Checkpoint zu verwenden</translation>
    </message>
    <message>
        <source>It separates songs from then on</source>
        <translation>Er trennt ab dann die Songs</translation>
    </message>
    <message>
        <source>Drop to queue</source>
        <translation>Ablegen, um einzureihen</translation>
    </message>
    <message>
        <source>The song that is open stays open</source>
        <translation>Der geöffnete Song bleibt offen</translation>
    </message>
    <message>
        <source>Drop to open</source>
        <translation>Ablegen, um zu öffnen</translation>
    </message>
    <message>
        <source>The song that is open is closed</source>
        <translation>Der geöffnete Song wird geschlossen</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>Mono</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>Stereo</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} Kanäle</translation>
    </message>
    <message>
        <source>{rate} kHz</source>
        <translation>{rate} kHz</translation>
    </message>
</context>
<context>
    <name>KeptDialog</name>
    <message>
        <source>Kept Separations</source>
        <translation>Aufbewahrte Trennungen</translation>
    </message>
    <message>
        <source>Songs that were separated are kept on this computer, so that they open at once the next time. Those used longest ago make room for new ones.</source>
        <translation>Getrennte Songs werden auf diesem Computer aufbewahrt und öffnen sich beim nächsten Mal sofort. Am längsten nicht benutzte machen Platz für neue.</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Remove all kept separations; your songs and stems stay</source>
        <translation>Alle aufbewahrten Trennungen entfernen; Songs und Stems bleiben</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>Nichts aufbewahrt</translation>
    </message>
    <message>
        <source>{size} of at most {limit} · songs: {count}</source>
        <translation>{size} von höchstens {limit} · Songs: {count}</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>System</source>
        <translation>Systemsprache</translation>
    </message>
    <message>
        <source>The language changes when Vocal Remover starts again.</source>
        <translation>Die Sprache ändert sich beim nächsten Start von Vocal Remover.</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level</source>
        <translation>Pegel</translation>
    </message>
    <message>
        <source>Peaks of left and right from −60 to 0 dBFS, and the loudness of the last 0.4 s. The red light says that the sound clips; click or press Return to put it out.</source>
        <translation>Spitzenpegel links und rechts von −60 bis 0 dBFS und die Lautheit der letzten 0,4 s. Das rote Licht zeigt Übersteuerung; Klick oder Eingabetaste löscht es.</translation>
    </message>
    <message>
        <source>– LUFS</source>
        <translation>– LUFS</translation>
    </message>
    <message>
        <source>{level} LUFS</source>
        <translation>{level} LUFS</translation>
    </message>
</context>
<context>
    <name>LicencesView</name>
    <message>
        <source>Vocal Remover’s own code is under the MIT licence. As it is put together from the parts below, the whole may be passed on under the GNU GPL, version 3 or later.</source>
        <translation>Der eigene Code von Vocal Remover steht unter der MIT-Lizenz. Zusammengesetzt aus den Teilen unten, darf das Ganze unter der GNU GPL, Version 3 oder neuer, weitergegeben werden.</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>Teile und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Licence text</source>
        <translation>Lizenztext</translation>
    </message>
    <message>
        <source>Default checkpoint and its training data</source>
        <translation>Standard-Checkpoint und seine Trainingsdaten</translation>
    </message>
</context>
<context>
    <name>LowEndMeter</name>
    <message>
        <source>{time}: left with the voice: {shares}</source>
        <translation>{time}: mit dem Gesang entfernt: {shares}</translation>
    </message>
</context>
<context>
    <name>LowEndPanel</name>
    <message>
        <source>Low end that left with the voice</source>
        <translation>Mit dem Gesang entfernter Bass</translation>
    </message>
    <message>
        <source>Keep the low end below</source>
        <translation>Bass erhalten unter</translation>
    </message>
    <message>
        <source>Leave everything below in the instrumental, unless a voice sings there</source>
        <translation>Alles darunter im Instrumental belassen, außer wo dort Gesang liegt</translation>
    </message>
    <message>
        <source>Keep the low end</source>
        <translation>Bass erhalten</translation>
    </message>
    <message>
        <source> Hz</source>
        <translation> Hz</translation>
    </message>
    <message>
        <source>Frequency to keep the low end below</source>
        <translation>Frequenz, unter der der Bass erhalten bleibt</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Vocal Remover</source>
        <translation>Vocal Remover</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>Abspielen</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Song</source>
        <translation>&amp;Song</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>&amp;Wiedergabe</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
</context>
<context>
    <name>MixCommands</name>
    <message>
        <source>Undo {change}</source>
        <translation>Rückgängig: {change}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>Wiederholen: {change}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Wiederholen</translation>
    </message>
</context>
<context>
    <name>MixerPanel</name>
    <message>
        <source>Vocal level</source>
        <translation>Gesangspegel</translation>
    </message>
    <message>
        <source>How loud the voice is in the instrumental</source>
        <translation>Wie laut der Gesang im Instrumental ist</translation>
    </message>
    <message>
        <source>Lows</source>
        <translation>Tiefen</translation>
    </message>
    <message>
        <source>The voice below 250 Hz, on top of the vocal level</source>
        <translation>Der Gesang unter 250 Hz, zusätzlich zum Gesangspegel</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>Mitten</translation>
    </message>
    <message>
        <source>The voice from 250 Hz to 4 kHz, on top of the vocal level</source>
        <translation>Der Gesang von 250 Hz bis 4 kHz, zusätzlich zum Gesangspegel</translation>
    </message>
    <message>
        <source>Highs</source>
        <translation>Höhen</translation>
    </message>
    <message>
        <source>The voice above 4 kHz, on top of the vocal level</source>
        <translation>Der Gesang über 4 kHz, zusätzlich zum Gesangspegel</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Mute instrumental</source>
        <translation>Instrumental stummschalten</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Solo instrumental</source>
        <translation>Instrumental solo</translation>
    </message>
    <message>
        <source>Mute vocals</source>
        <translation>Gesang stummschalten</translation>
    </message>
    <message>
        <source>Solo vocals</source>
        <translation>Gesang solo</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>Take the voice out again and switch everything on</source>
        <translation>Gesang wieder herausnehmen und alles einschalten</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>Instrumental</translation>
    </message>
    <message>
        <source>Vocals</source>
        <translation>Gesang</translation>
    </message>
    <message>
        <source>Change Vocal Level</source>
        <translation>Gesangspegel ändern</translation>
    </message>
    <message>
        <source>Change {band} of the Voice</source>
        <translation>{band} des Gesangs ändern</translation>
    </message>
</context>
<context>
    <name>Mixing</name>
    <message>
        <source>Reset Mixer</source>
        <translation>Mixer zurücksetzen</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>{level} dB</source>
        <translation>{level} dB</translation>
    </message>
    <message>
        <source>The low end below {hertz} Hz is kept.</source>
        <translation>Der Bassbereich unter {hertz} Hz bleibt erhalten.</translation>
    </message>
    <message>
        <source>The instrumental holds the voice at {level}.</source>
        <translation>Das Instrumental enthält den Gesang mit {level}.</translation>
    </message>
    <message>
        <source>The instrumental holds the voice: lows {low}, middle {mid}, highs {high}.</source>
        <translation>Das Instrumental enthält den Gesang: Tiefen {low}, Mitten {mid}, Höhen {high}.</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The audio device stopped: playback is silent.</source>
        <translation>Das Audiogerät wurde angehalten: Die Wiedergabe bleibt stumm.</translation>
    </message>
    <message>
        <source>No audio device was found: playback is silent.</source>
        <translation>Kein Audiogerät gefunden: Die Wiedergabe bleibt stumm.</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>Separating… {percent} %</source>
        <translation>Wird getrennt… {percent} %</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Separated</source>
        <translation>Getrennt</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>  ·  a check failed</source>
        <translation>  ·  eine Prüfung nicht bestanden</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Songs in the queue</source>
        <translation>Songs in der Warteschlange</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>Nach oben</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>Nach unten</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Cancel Songs</source>
        <translation>Songs abbrechen</translation>
    </message>
    <message>
        <source>Remove From Queue</source>
        <translation>Aus der Warteschlange entfernen</translation>
    </message>
    <message>
        <source>Clear Those Done</source>
        <translation>Erledigte entfernen</translation>
    </message>
    <message>
        <source>Close the queue</source>
        <translation>Warteschlange schließen</translation>
    </message>
    <message>
        <source>Close the queue; the songs stay in it  (Q)</source>
        <translation>Warteschlange schließen; die Songs bleiben darin  (Q)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Drop songs or folders here.</source>
        <translation>Songs oder Ordner hier ablegen.</translation>
    </message>
    <message>
        <source>{done} of {count} done</source>
        <translation>{done} von {count} fertig</translation>
    </message>
    <message>
        <source>  ·  {count} failed</source>
        <translation>  ·  {count} fehlgeschlagen</translation>
    </message>
</context>
<context>
    <name>ReportCommands</name>
    <message>
        <source>The report is on the clipboard; it names no folders.</source>
        <translation>Der Bericht ist in der Zwischenablage; er nennt keine Ordner.</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>It was kept from an earlier time.</source>
        <translation>Das Ergebnis war noch aufbewahrt.</translation>
    </message>
</context>
<context>
    <name>SongCommands</name>
    <message>
        <source>Open songs</source>
        <translation>Songs öffnen</translation>
    </message>
    <message>
        <source>Songs ({patterns});;All files (*)</source>
        <translation>Songs ({patterns});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>in development</source>
        <translation>in Entwicklung</translation>
    </message>
</context>
<context>
    <name>SongSearch</name>
    <message>
        <source>No songs were found there.</source>
        <translation>Dort wurden keine Songs gefunden.</translation>
    </message>
</context>
<context>
    <name>SongView</name>
    <message>
        <source>Waveform</source>
        <translation>Wellenform</translation>
    </message>
    <message>
        <source>Spectrogram before</source>
        <translation>Spektrogramm vorher</translation>
    </message>
    <message>
        <source>Spectrogram after</source>
        <translation>Spektrogramm nachher</translation>
    </message>
    <message>
        <source>Spectrogram of the difference</source>
        <translation>Spektrogramm der Differenz</translation>
    </message>
    <message>
        <source>Dropouts over time</source>
        <translation>Pegeleinbrüche im Zeitverlauf</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Before · Mixture</source>
        <translation>Vorher · Mischung</translation>
    </message>
    <message>
        <source>The separated sound appears here, part by part</source>
        <translation>Hier erscheint nach und nach der getrennte Klang</translation>
    </message>
    <message>
        <source>Not separated yet: press S</source>
        <translation>Noch nicht getrennt: S drücken</translation>
    </message>
    <message>
        <source>After · {stem}</source>
        <translation>Nachher · {stem}</translation>
    </message>
    <message>
        <source>After · {stem}, mixed</source>
        <translation>Nachher · {stem}, gemischt</translation>
    </message>
    <message>
        <source>Difference · {stem}</source>
        <translation>Differenz · {stem}</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>In the queue: {name}</source>
        <translation>In der Warteschlange: {name}</translation>
    </message>
    <message>
        <source>This part is not separated yet: you hear the mixture.</source>
        <translation>Dieser Teil ist noch nicht getrennt: Zu hören ist die Mischung.</translation>
    </message>
    <message>
        <source>Looking for songs…</source>
        <translation>Songs werden gesucht…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Reading the song…</source>
        <translation>Song wird gelesen…</translation>
    </message>
    <message>
        <source>Saving… {percent} %</source>
        <translation>Wird gespeichert… {percent} %</translation>
    </message>
    <message>
        <source>Separating the region again… {percent} %</source>
        <translation>Bereich wird neu getrennt… {percent} %</translation>
    </message>
    <message>
        <source>Getting ready to separate…</source>
        <translation>Trennung wird vorbereitet…</translation>
    </message>
    <message>
        <source>Separating… {percent} %  ·  {left}</source>
        <translation>Wird getrennt… {percent} %  ·  {left}</translation>
    </message>
    <message>
        <source>  ·  the files are saved after that</source>
        <translation>  ·  danach werden die Dateien gespeichert</translation>
    </message>
    <message>
        <source>Separated.  {device}</source>
        <translation>Getrennt.  {device}</translation>
    </message>
    <message>
        <source>Stopped at {percent} %; Separate goes on from there.</source>
        <translation>Bei {percent} % angehalten; „Trennen“ macht dort weiter.</translation>
    </message>
    <message>
        <source>Ready to separate.</source>
        <translation>Bereit zum Trennen.</translation>
    </message>
    <message>
        <source>Songs that wait in the queue from last time: {count}  (Q)</source>
        <translation>Vom letzten Mal warten Songs in der Warteschlange: {count}  (Q)</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>noch wenige Sekunden</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>noch etwa {seconds} s</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>noch etwa {minutes} min</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>„{name}“</translation>
    </message>
    <message>
        <source>Saved {names} in {folder}.</source>
        <translation>{names} in {folder} gespeichert.</translation>
    </message>
    <message>
        <source>All by {gain} dB, so that none clips.</source>
        <translation>Alle um {gain} dB, damit nichts übersteuert.</translation>
    </message>
    <message>
        <source>{count} samples were clipped.</source>
        <translation>{count} Samples wurden abgeschnitten.</translation>
    </message>
    <message>
        <source>True peak +{level:.1f} dBTP: players may clip between the samples.</source>
        <translation>True Peak +{level:.1f} dBTP: Bei der Wiedergabe kann es zwischen den Samples übersteuern.</translation>
    </message>
    <message>
        <source>{format} does not hold {rate} Hz: saved at {saved} Hz.</source>
        <translation>{format} kennt keine {rate} Hz: mit {saved} Hz gespeichert.</translation>
    </message>
    <message>
        <source>Null test passed: the stems sum to the song and the voice that was given back.</source>
        <translation>Nulltest bestanden: Die Stems ergeben zusammen den Song und den zurückgegebenen Gesang.</translation>
    </message>
    <message>
        <source>Null test passed: the stems sum to the song.</source>
        <translation>Nulltest bestanden: Die Stems ergeben zusammen den Song.</translation>
    </message>
    <message>
        <source>Null test failed: the stems miss the song by {level:.0f} dBFS.</source>
        <translation>Nulltest nicht bestanden: Die Stems weichen um {level:.0f} dBFS vom Song ab.</translation>
    </message>
    <message>
        <source>{format} is lossy: the stems sum to the song but for noise {level} dB below.</source>
        <translation>{format} ist verlustbehaftet: Die Stems ergeben zusammen den Song bis auf ein Rauschen {level} dB darunter.</translation>
    </message>
    <message>
        <source>It puts {delay} samples before the song, which the files say and players skip.</source>
        <translation>Es stellt dem Song {delay} Samples voran; die Dateien vermerken das, und Player überspringen sie.</translation>
    </message>
    <message>
        <source>Read back, the stems are on time to the sample.</source>
        <translation>Zurückgelesen liegen die Stems auf das Sample genau.</translation>
    </message>
</context>
<context>
    <name>Stems</name>
    <message>
        <source>Mixture</source>
        <translation>Mischung</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>Instrumental</translation>
    </message>
    <message>
        <source>Vocals</source>
        <translation>Gesang</translation>
    </message>
</context>
<context>
    <name>TakePanel</name>
    <message>
        <source>Takes</source>
        <translation>Takes</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Select a region: drag with Shift held, or press I and O while it plays. Then separate it again in another way and keep what sounds best.</source>
        <translation>Einen Bereich wählen: mit gedrückter Umschalttaste ziehen oder bei der Wiedergabe I und O drücken. Dann anders neu trennen und behalten, was am besten klingt.</translation>
    </message>
    <message>
        <source>Takes of the region</source>
        <translation>Takes des Bereichs</translation>
    </message>
    <message>
        <source>The one that is chosen is heard and exported</source>
        <translation>Der gewählte ist zu hören und wird exportiert</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Delete Take</source>
        <translation>Take löschen</translation>
    </message>
    <message>
        <source>First result</source>
        <translation>Erstes Ergebnis</translation>
    </message>
    <message>
        <source>No region is selected</source>
        <translation>Kein Bereich gewählt</translation>
    </message>
    <message>
        <source>Rename Take</source>
        <translation>Take umbenennen</translation>
    </message>
    <message>
        <source>Name of the take</source>
        <translation>Name des Takes</translation>
    </message>
</context>
<context>
    <name>TakeSettingsForm</name>
    <message>
        <source>Checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>The network that separates the region</source>
        <translation>Das Netz, das den Bereich trennt</translation>
    </message>
    <message>
        <source>The song&apos;s own</source>
        <translation>Der des Songs</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>Datei wählen…</translation>
    </message>
    <message>
        <source>At three pitches</source>
        <translation>In drei Tonhöhen</translation>
    </message>
    <message>
        <source>The mean of three passes; usually better, and three times as slow</source>
        <translation>Das Mittel aus drei Durchgängen; meist besser, und dreimal so langsam</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>More takes doubtful sounds out with the voice, less leaves them; what is certain stays as it is</source>
        <translation>Mehr nimmt Zweifelhaftes mit dem Gesang heraus, weniger lässt es; was sicher ist, bleibt</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Choose a checkpoint</source>
        <translation>Checkpoint wählen</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors *.pth);;All files (*)</source>
        <translation>Checkpoints (*.safetensors *.pth);;Alle Dateien (*)</translation>
    </message>
</context>
<context>
    <name>Takes</name>
    <message>
        <source>Run Region Again</source>
        <translation>Bereich neu trennen</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>Take wählen</translation>
    </message>
    <message>
        <source>Rename Take</source>
        <translation>Take umbenennen</translation>
    </message>
    <message>
        <source>Delete Take</source>
        <translation>Take löschen</translation>
    </message>
    <message>
        <source>Take {number}</source>
        <translation>Take {number}</translation>
    </message>
    <message>
        <source>three pitches</source>
        <translation>drei Tonhöhen</translation>
    </message>
    <message>
        <source>strength {percent} %</source>
        <translation>Stärke {percent} %</translation>
    </message>
    <message>
        <source>as the first result</source>
        <translation>wie das erste Ergebnis</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>Lautstärke</translation>
    </message>
    <message>
        <source>Volume  (Up, Down)</source>
        <translation>Lautstärke  (Hoch, Herunter)</translation>
    </message>
</context>
<context>
    <name>Unfinished</name>
    <message>
        <source>“{song}” was not finished last time. It waits in the queue (Q), or open it: it goes on where it was.</source>
        <translation>„{song}“ wurde letztes Mal nicht fertig. Er wartet in der Warteschlange (Q) und macht beim Öffnen dort weiter, wo er war.</translation>
    </message>
    <message>
        <source>Songs that were not finished last time: {count}. They wait in the queue (Q), or open them: they go on where they were.</source>
        <translation>Letztes Mal nicht fertig gewordene Songs: {count}. Sie warten in der Warteschlange (Q) und machen beim Öffnen dort weiter, wo sie waren.</translation>
    </message>
</context>
<context>
    <name>ViewCommands</name>
    <message>
        <source>Save the views as a picture</source>
        <translation>Ansichten als Bild speichern</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have; the details say more.</source>
        <translation>Es ist ein unerwarteter Fehler aufgetreten; die Details sagen mehr.</translation>
    </message>
</context>
</TS>
