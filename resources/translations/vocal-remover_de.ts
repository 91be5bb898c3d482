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
    <name>CompareCommands</name>
    <message>
        <source>Mixture and instrumental</source>
        <translation>Mischung und Instrumental</translation>
    </message>
    <message>
        <source>Instrumental with and without the voice of the mixer</source>
        <translation>Instrumental mit und ohne Gesang aus dem Mixer</translation>
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
    <name>QueueModel</name>
    <message>
        <source>No songs were found there.</source>
        <translation>Dort wurden keine Songs gefunden.</translation>
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
    <name>Session</name>
    <message>
        <source>No songs were found there.</source>
        <translation>Dort wurden keine Songs gefunden.</translation>
    </message>
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
