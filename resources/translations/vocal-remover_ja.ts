<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ja" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>About Vocal Remover</source>
        <translation>Vocal Remover について</translation>
    </message>
    <message>
        <source>Vocal Remover</source>
        <translation>Vocal Remover</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>バージョン {version}</translation>
    </message>
    <message>
        <source>Credits</source>
        <translation>クレジット</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>The separation follows &lt;b&gt;carperbr’s frame transformer&lt;/b&gt;, a variation of &lt;b&gt;tsurumeso’s vocal-remover&lt;/b&gt;, inspired by &lt;b&gt;MMDenseLSTM&lt;/b&gt; (Takahashi et al.). Thank you.</source>
        <translation>分離の仕組みは &lt;b&gt;carperbr 氏の frame transformer&lt;/b&gt; に基づいています。これは &lt;b&gt;MMDenseLSTM&lt;/b&gt;(Takahashi ら)に着想を得た &lt;b&gt;tsurumeso 氏の vocal-remover&lt;/b&gt; の派生です。ありがとうございます。</translation>
    </message>
    <message>
        <source>Checkpoint in use: {name}</source>
        <translation>使用中のチェックポイント: {name}</translation>
    </message>
    <message>
        <source>The checkpoint is loaded when the first song is separated.</source>
        <translation>チェックポイントは最初の曲を分離するときに読み込まれます。</translation>
    </message>
    <message>
        <source>The code is under the MIT licence, the weights under CC BY-SA 4.0.</source>
        <translation>コードは MIT ライセンス、重みは CC BY-SA 4.0 で提供されています。</translation>
    </message>
    <message>
        <source>References</source>
        <translation>参考文献</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>Open…</source>
        <translation>開く…</translation>
    </message>
    <message>
        <source>Next Song</source>
        <translation>次の曲</translation>
    </message>
    <message>
        <source>Separate</source>
        <translation>分離</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>キャンセル</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>書き出し…</translation>
    </message>
    <message>
        <source>Export All…</source>
        <translation>すべて書き出し…</translation>
    </message>
    <message>
        <source>Separate Songs When Opened</source>
        <translation>曲を開いたら分離する</translation>
    </message>
    <message>
        <source>Kept Separations…</source>
        <translation>保存された分離結果…</translation>
    </message>
    <message>
        <source>Checkpoints…</source>
        <translation>チェックポイント…</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>終了</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>Go to Start</source>
        <translation>先頭へ移動</translation>
    </message>
    <message>
        <source>Back 5 Seconds</source>
        <translation>5 秒戻る</translation>
    </message>
    <message>
        <source>Forward 5 Seconds</source>
        <translation>5 秒進む</translation>
    </message>
    <message>
        <source>Back 1 Second</source>
        <translation>1 秒戻る</translation>
    </message>
    <message>
        <source>Forward 1 Second</source>
        <translation>1 秒進む</translation>
    </message>
    <message>
        <source>Mixture</source>
        <translation>ミックス</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>インスト</translation>
    </message>
    <message>
        <source>Vocals</source>
        <translation>ボーカル</translation>
    </message>
    <message>
        <source>Loop</source>
        <translation>ループ</translation>
    </message>
    <message>
        <source>Loop Starts Here</source>
        <translation>ここからループ</translation>
    </message>
    <message>
        <source>Loop Ends Here</source>
        <translation>ここまでループ</translation>
    </message>
    <message>
        <source>Takes</source>
        <translation>テイク</translation>
    </message>
    <message>
        <source>Run Region Again</source>
        <translation>範囲を再分離</translation>
    </message>
    <message>
        <source>Next Take</source>
        <translation>次のテイク</translation>
    </message>
    <message>
        <source>Match Loudness</source>
        <translation>ラウドネスを揃える</translation>
    </message>
    <message>
        <source>Blind Test…</source>
        <translation>ブラインドテスト…</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
    <message>
        <source>Louder</source>
        <translation>音量を上げる</translation>
    </message>
    <message>
        <source>Quieter</source>
        <translation>音量を下げる</translation>
    </message>
    <message>
        <source>Low End</source>
        <translation>低域</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差分</translation>
    </message>
    <message>
        <source>Dropouts</source>
        <translation>ドロップアウト</translation>
    </message>
    <message>
        <source>Low-End Meter</source>
        <translation>低域メーター</translation>
    </message>
    <message>
        <source>Save Picture…</source>
        <translation>画像を保存…</translation>
    </message>
    <message>
        <source>Show Whole Song</source>
        <translation>曲全体を表示</translation>
    </message>
    <message>
        <source>Zoom In</source>
        <translation>拡大</translation>
    </message>
    <message>
        <source>Zoom Out</source>
        <translation>縮小</translation>
    </message>
    <message>
        <source>Mixer</source>
        <translation>ミキサー</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Full Screen</source>
        <translation>フルスクリーン</translation>
    </message>
    <message>
        <source>Show in Folder</source>
        <translation>フォルダーで表示</translation>
    </message>
    <message>
        <source>Details…</source>
        <translation>詳細…</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>レポートをコピー</translation>
    </message>
    <message>
        <source>Dismiss Message</source>
        <translation>メッセージを閉じる</translation>
    </message>
    <message>
        <source>About Vocal Remover</source>
        <translation>Vocal Remover について</translation>
    </message>
</context>
<context>
    <name>BlindTestDialog</name>
    <message>
        <source>Blind Test</source>
        <translation>ブラインドテスト</translation>
    </message>
    <message>
        <source>What to compare</source>
        <translation>比較する対象</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
    <message>
        <source>X is A</source>
        <translation>X は A</translation>
    </message>
    <message>
        <source>X is B</source>
        <translation>X は B</translation>
    </message>
    <message>
        <source>Show result</source>
        <translation>結果を表示</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>最初からやり直す</translation>
    </message>
    <message>
        <source>X is secretly A or B. Listen as often as you like, then say which. All are played equally loud.</source>
        <translation>X は A か B のどちらかです。何度でも聴いてから、どちらかを答えてください。すべて同じ音量で再生されます。</translation>
    </message>
    <message>
        <source>Measuring how loud they are…</source>
        <translation>ラウドネスを測定中…</translation>
    </message>
    <message>
        <source>{count} of at least {enough} answers given.</source>
        <translation>回答数 {count} / 最低 {enough}</translation>
    </message>
    <message>
        <source>{count} answers given; more make the result surer.</source>
        <translation>回答数 {count}。回答が増えるほど結果は確かになります。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>You were right {correct} of {answers} times. </source>
        <translation>{answers} 回中 {correct} 回正解でした。</translation>
    </message>
    <message>
        <source>Guessing does as well in {chance} % of tests: you could tell.</source>
        <translation>当て推量でも {chance} % のテストで同じ成績になります。違いを聴き分けられています。</translation>
    </message>
    <message>
        <source>Guessing does as well in {chance} % of tests: no difference shown.</source>
        <translation>当て推量でも {chance} % のテストで同じ成績になります。違いがあるとは言えません。</translation>
    </message>
</context>
<context>
    <name>Check</name>
    <message>
        <source>Result check passed.</source>
        <translation>結果チェックに合格しました。</translation>
    </message>
    <message>
        <source>And {count} more.</source>
        <translation>ほか {count} 件。</translation>
    </message>
    <message>
        <source>Result check: {flaws}</source>
        <translation>結果チェック: {flaws}</translation>
    </message>
    <message>
        <source>{stem}: {samples} samples late.</source>
        <translation>{stem}: {samples} サンプル遅れています。</translation>
    </message>
    <message>
        <source>{stem}: wrong length, by {samples} samples.</source>
        <translation>{stem}: 長さが {samples} サンプル違います。</translation>
    </message>
    <message>
        <source>{stem}: no numbers from {start} to {stop}.</source>
        <translation>{stem}: {start}~{stop} に無効な値があります。</translation>
    </message>
    <message>
        <source>{stem}: silent, though the song is not.</source>
        <translation>{stem}: 曲には音があるのに無音です。</translation>
    </message>
    <message>
        <source>{stem}: empty from {start} to {stop}.</source>
        <translation>{stem}: {start}~{stop} が空です。</translation>
    </message>
    <message>
        <source>{stem}: a step at {start}.</source>
        <translation>{stem}: {start} に段差があります。</translation>
    </message>
    <message>
        <source>The sum of the stems is upside down.</source>
        <translation>ステムの合計の極性が反転しています。</translation>
    </message>
    <message>
        <source>The sum of the stems is {samples} samples late.</source>
        <translation>ステムの合計が {samples} サンプル遅れています。</translation>
    </message>
</context>
<context>
    <name>CheckpointCommands</name>
    <message>
        <source>The checkpoint is being looked at…</source>
        <translation>チェックポイントを確認中…</translation>
    </message>
    <message>
        <source>“{name}” separates songs from now on; Song &gt; Checkpoints changes that.</source>
        <translation>今後は「{name}」で曲を分離します。「曲」&gt;「チェックポイント」で変更できます。</translation>
    </message>
</context>
<context>
    <name>CheckpointDialog</name>
    <message>
        <source>Checkpoints</source>
        <translation>チェックポイント</translation>
    </message>
    <message>
        <source>What the checkpoint is</source>
        <translation>チェックポイントの説明</translation>
    </message>
    <message>
        <source>How several are combined</source>
        <translation>複数の組み合わせ方</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>読み込み…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>削除</translation>
    </message>
    <message>
        <source>Compare by Ear</source>
        <translation>聴き比べる</translation>
    </message>
    <message>
        <source>Separate the selected region with them, then tell A, B and X apart</source>
        <translation>選択した範囲をそれぞれで分離し、A、B、X を聴き分けます</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>Several together:</source>
        <translation>複数をまとめて:</translation>
    </message>
    <message>
        <source>{name}  (in use)</source>
        <translation>{name}  (使用中)</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Import checkpoints</source>
        <translation>チェックポイントを読み込む</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors *.pth);;All files (*)</source>
        <translation>チェックポイント (*.safetensors *.pth);;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>Delete “{name}” from this computer?</source>
        <translation>「{name}」をこのコンピューターから削除しますか?</translation>
    </message>
    <message>
        <source>Delete Checkpoint</source>
        <translation>チェックポイントの削除</translation>
    </message>
    <message>
        <source>“{name}” was imported.</source>
        <translation>「{name}」を読み込みました。</translation>
    </message>
</context>
<context>
    <name>CheckpointImport</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>メモリが足りません。</translation>
    </message>
</context>
<context>
    <name>CompareCommands</name>
    <message>
        <source>Mixture and instrumental</source>
        <translation>ミックスとインスト</translation>
    </message>
    <message>
        <source>Instrumental with and without the voice of the mixer</source>
        <translation>ミキサーのボーカルを含むインストと含まないインスト</translation>
    </message>
    <message>
        <source>First result</source>
        <translation>最初の結果</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first} と {second}</translation>
    </message>
</context>
<context>
    <name>CrashHook</name>
    <message>
        <source>Something went wrong that should not have; the details say more.</source>
        <translation>予期しないエラーが発生しました。詳細をご確認ください。</translation>
    </message>
</context>
<context>
    <name>DetailsDialog</name>
    <message>
        <source>Details</source>
        <translation>詳細</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>ログ</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>コピー</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>レポートをコピー</translation>
    </message>
    <message>
        <source>Versions, devices, settings and this log, without any folders</source>
        <translation>バージョン、デバイス、設定とこのログ(フォルダー名は含みません)</translation>
    </message>
    <message>
        <source>Report Copied</source>
        <translation>レポートをコピーしました</translation>
    </message>
</context>
<context>
    <name>DropoutPanel</name>
    <message>
        <source>Dropouts</source>
        <translation>ドロップアウト</translation>
    </message>
    <message>
        <source>Click, or press Enter, to go to a second before</source>
        <translation>クリックまたは Enter で 1 秒前へ移動</translation>
    </message>
    <message>
        <source>Estimated from the song alone: where the instrumental is quieter under the voice than around it. A break of the band may look the same.</source>
        <translation>曲だけからの推定です。ボーカルの下でインストが前後より小さくなっている箇所を示します。バンドの休止も同じように見えることがあります。</translation>
    </message>
    <message>
        <source>No dropouts were found.</source>
        <translation>ドロップアウトは見つかりませんでした。</translation>
    </message>
    <message>
        <source>One dropout.</source>
        <translation>ドロップアウト 1 件</translation>
    </message>
    <message>
        <source>{count} dropouts.</source>
        <translation>ドロップアウト {count} 件</translation>
    </message>
</context>
<context>
    <name>Dropouts</name>
    <message>
        <source>{time}: {depth} dB too quiet for {length} s</source>
        <translation>{time}: {length} 秒間 {depth} dB 小さい</translation>
    </message>
</context>
<context>
    <name>EmptyView</name>
    <message>
        <source>Drop a song here</source>
        <translation>ここに曲をドロップ</translation>
    </message>
    <message>
        <source>Hear it without the voice, see what changed, and save the stems.</source>
        <translation>ボーカルなしで聴き、変化を目で確かめ、ステムを保存できます。</translation>
    </message>
    <message>
        <source>Choose a Song…</source>
        <translation>曲を選択…</translation>
    </message>
    <message>
        <source>Choose a song</source>
        <translation>曲を選択</translation>
    </message>
    <message>
        <source>WAV · FLAC · MP3 · M4A · OGG · Opus · AIFF · the sound of any video
Everything happens on this computer; nothing is uploaded.</source>
        <translation>WAV · FLAC · MP3 · M4A · OGG · Opus · AIFF · あらゆる動画の音声
すべてこのコンピューター上で処理され、何もアップロードされません。</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>A region can be {minutes} minutes long at most.</source>
        <translation>範囲の長さは最大 {minutes} 分です。</translation>
    </message>
    <message>
        <source>A region was separated with another checkpoint (sha256 {sha256}…); name its file with --checkpoint too.</source>
        <translation>別のチェックポイント (sha256 {sha256}…) で分離された範囲があります。そのファイルも --checkpoint で指定してください。</translation>
    </message>
    <message>
        <source>A saved stem has {found:,} samples, not {length:,}.</source>
        <translation>保存されたステムは {length:,} サンプルではなく {found:,} サンプルです。</translation>
    </message>
    <message>
        <source>An ensemble has at most {most} networks.</source>
        <translation>アンサンブルのネットワークは最大 {most} 個です。</translation>
    </message>
    <message>
        <source>Checkpoints for {rates} cannot be combined.</source>
        <translation>{rates} 用のチェックポイントは組み合わせられません。</translation>
    </message>
    <message>
        <source>Names cannot hold {{{field}}}; the fields are {{song}}, {{title}}, {{artist}} and {{stem}}.</source>
        <translation>名前に {{{field}}} は使えません。使えるのは {{song}}、{{title}}、{{artist}}、{{stem}} です。</translation>
    </message>
    <message>
        <source>No architecture is called {name}.</source>
        <translation>{name} というアーキテクチャはありません。</translation>
    </message>
    <message>
        <source>The checkpoint that comes with the program stays.</source>
        <translation>付属のチェックポイントは削除できません。</translation>
    </message>
    <message>
        <source>The checkpoint {name} cannot be read: {reason}.</source>
        <translation>チェックポイント {name} を読み取れません: {reason}。</translation>
    </message>
    <message>
        <source>The checkpoint {name} is damaged.</source>
        <translation>チェックポイント {name} は破損しています。</translation>
    </message>
    <message>
        <source>The checkpoint {name} is damaged: its weights were changed.</source>
        <translation>チェックポイント {name} は破損しています: 重みが変更されています。</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s bands cannot be divided by their strides.</source>
        <translation>チェックポイントの帯域がストライドで割り切れません。</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s bands do not cover its spectrum.</source>
        <translation>チェックポイントの帯域がスペクトル全体を覆っていません。</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s config asks for an impossible network.</source>
        <translation>チェックポイントの設定では、ありえないネットワークになります。</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s config cannot be read.</source>
        <translation>チェックポイントの設定を読み取れません。</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s config has lists of different lengths.</source>
        <translation>チェックポイントの設定のリストの長さが一致しません。</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s network hears parts of positions.</source>
        <translation>チェックポイントのネットワークが位置の一部だけを入力にしています。</translation>
    </message>
    <message>
        <source>The checkpoint&apos;s positions cannot be halved that often.</source>
        <translation>チェックポイントの位置の数をその回数だけ半分にできません。</translation>
    </message>
    <message>
        <source>The disk is full: the folder for temporary files “{folder}” takes no more.</source>
        <translation>ディスクがいっぱいです。一時ファイル用のフォルダー「{folder}」に書き込めません。</translation>
    </message>
    <message>
        <source>The folder for temporary files “{folder}” cannot be used: {reason}.</source>
        <translation>一時ファイル用のフォルダー「{folder}」を使用できません: {reason}。</translation>
    </message>
    <message>
        <source>The folder “{folder}” may not be read.</source>
        <translation>フォルダー「{folder}」を読み取る権限がありません。</translation>
    </message>
    <message>
        <source>The graphics card cannot be used any more; going on with the CPU, which takes longer.</source>
        <translation>グラフィックカードが使えなくなったため、CPU で続けます。時間は長くかかります。</translation>
    </message>
    <message>
        <source>The graphics card has too little memory; going on with the CPU, which takes longer.</source>
        <translation>グラフィックカードのメモリが足りないため、CPU で続けます。時間は長くかかります。</translation>
    </message>
    <message>
        <source>The names need {stem}, since more than one stem is saved.</source>
        <translation>複数のステムを保存するため、名前に {stem} が必要です。</translation>
    </message>
    <message>
        <source>The names of the files are empty.</source>
        <translation>ファイル名が空です。</translation>
    </message>
    <message>
        <source>The names of the files are too long.</source>
        <translation>ファイル名が長すぎます。</translation>
    </message>
    <message>
        <source>The region is too short to be separated again.</source>
        <translation>範囲が短すぎて再分離できません。</translation>
    </message>
    <message>
        <source>The sidecar names a region beyond the song&apos;s end.</source>
        <translation>サイドカーに曲の終わりより後の範囲が記されています。</translation>
    </message>
    <message>
        <source>The sidecar names no known way to combine checkpoints.</source>
        <translation>サイドカーに記されたチェックポイントの組み合わせ方は不明です。</translation>
    </message>
    <message>
        <source>The stems were made with the checkpoint “{name}” (sha256 {sha256}…), which this is not; name its file with --checkpoint.</source>
        <translation>ステムはチェックポイント「{name}」(sha256 {sha256}…) で作られましたが、これは別のものです。そのファイルを --checkpoint で指定してください。</translation>
    </message>
    <message>
        <source>The weights in the checkpoint do not fit its own config.</source>
        <translation>チェックポイントの重みが自身の設定に合いません。</translation>
    </message>
    <message>
        <source>There is no Apple GPU here that torch can use.</source>
        <translation>torch で使える Apple の GPU がありません。</translation>
    </message>
    <message>
        <source>There is no checkpoint at {path}.</source>
        <translation>{path} にチェックポイントがありません。</translation>
    </message>
    <message>
        <source>There is no device called {name}; use auto, cpu, mps or cuda:N.</source>
        <translation>{name} というデバイスはありません。auto、cpu、mps、cuda:N のいずれかを使ってください。</translation>
    </message>
    <message>
        <source>There is no {name}: the graphics cards here end at cuda:{last}.</source>
        <translation>{name} はありません。ここのグラフィックカードは cuda:{last} までです。</translation>
    </message>
    <message>
        <source>There is too little memory; going on in smaller pieces.</source>
        <translation>メモリが足りないため、より小さく区切って続けます。</translation>
    </message>
    <message>
        <source>is damaged</source>
        <translation>は破損しています</translation>
    </message>
    <message>
        <source>is damaged and ends early</source>
        <translation>は破損しており、途中で終わっています</translation>
    </message>
    <message>
        <source>is damaged: it goes on without end</source>
        <translation>は破損しています: 終わりがありません</translation>
    </message>
    <message>
        <source>is no audio or video that can be read, or it is damaged</source>
        <translation>は読み取れる音声や動画ではないか、破損しています</translation>
    </message>
    <message>
        <source>was changed while it was read</source>
        <translation>は読み取り中に変更されました</translation>
    </message>
    <message>
        <source>{format} cannot hold {channels} channels at {rate} Hz.</source>
        <translation>{format} は {rate} Hz で {channels} チャンネルを格納できません。</translation>
    </message>
    <message>
        <source>{format} cannot hold {channels} channels, only {counts}; use {other} for this.</source>
        <translation>{format} は {channels} チャンネルを格納できず、{counts} のみです。代わりに {other} を使ってください。</translation>
    </message>
    <message>
        <source>{format} holds 16 or 24 bits, not 32-bit float; use WAV for that.</source>
        <translation>{format} は 16 または 24 ビットで、32 ビット浮動小数点には対応していません。WAV を使ってください。</translation>
    </message>
    <message>
        <source>{name} cannot be deleted: {reason}.</source>
        <translation>{name} を削除できません: {reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be read: no process can be started.</source>
        <translation>{name} を読み取れません: プロセスを開始できません。</translation>
    </message>
    <message>
        <source>{name} cannot be stored in {folder}: {reason}.</source>
        <translation>{name} を {folder} に保存できません: {reason}。</translation>
    </message>
    <message>
        <source>{name} cannot be used: {reason}.</source>
        <translation>{name} を使用できません: {reason}。</translation>
    </message>
    <message>
        <source>{name} combines its networks by {combination}; it cannot be part of an ensemble by {wanted}.</source>
        <translation>{name} はネットワークを {combination} で組み合わせるため、{wanted} のアンサンブルには入れられません。</translation>
    </message>
    <message>
        <source>{name} does not hold the weights of a network.</source>
        <translation>{name} にはネットワークの重みが入っていません。</translation>
    </message>
    <message>
        <source>{name} holds more than weights, and might run code: it is refused.</source>
        <translation>{name} には重み以外のものが含まれ、コードが実行されるおそれがあるため、拒否しました。</translation>
    </message>
    <message>
        <source>{name} holds several networks; one is wanted here.</source>
        <translation>{name} には複数のネットワークが入っていますが、ここでは 1 つだけ必要です。</translation>
    </message>
    <message>
        <source>{name} is damaged: it cannot be read in any time.</source>
        <translation>{name} は破損しています: 読み取りが終わりません。</translation>
    </message>
    <message>
        <source>{name} is not a checkpoint of this program.</source>
        <translation>{name} はこのプログラムのチェックポイントではありません。</translation>
    </message>
    <message>
        <source>{name} is not a checkpoint.</source>
        <translation>{name} はチェックポイントではありません。</translation>
    </message>
    <message>
        <source>{name} is of no network that is known here; of tsurumeso&apos;s vocal-remover, files of versions 5 and 6 are.</source>
        <translation>{name} は対応していないネットワークです。tsurumeso 氏の vocal-remover はバージョン 5 と 6 のファイルに対応しています。</translation>
    </message>
    <message>
        <source>{name} is too large to be a checkpoint.</source>
        <translation>{name} はチェックポイントとしては大きすぎます。</translation>
    </message>
    <message>
        <source>“{name}” cannot be read: {reason}.</source>
        <translation>「{name}」を読み取れません: {reason}。</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the disk is full.</source>
        <translation>「{name}」を書き込めませんでした: ディスクがいっぱいです。</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the folder “{folder}” does not exist.</source>
        <translation>「{name}」を書き込めませんでした: フォルダー「{folder}」は存在しません。</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the folder “{folder}” is read-only.</source>
        <translation>「{name}」を書き込めませんでした: フォルダー「{folder}」は読み取り専用です。</translation>
    </message>
    <message>
        <source>“{name}” could not be written: the name is too long for this disk.</source>
        <translation>「{name}」を書き込めませんでした: このディスクには名前が長すぎます。</translation>
    </message>
    <message>
        <source>“{name}” could not be written: {reason}.</source>
        <translation>「{name}」を書き込めませんでした: {reason}。</translation>
    </message>
    <message>
        <source>“{name}” could not be written: “{folder}” is not a folder.</source>
        <translation>「{name}」を書き込めませんでした: 「{folder}」はフォルダーではありません。</translation>
    </message>
    <message>
        <source>“{name}” does not exist.</source>
        <translation>「{name}」は存在しません。</translation>
    </message>
    <message>
        <source>“{name}” exists already and was not overwritten.</source>
        <translation>「{name}」はすでに存在するため、上書きしませんでした。</translation>
    </message>
    <message>
        <source>“{name}” has a sample rate of {rate:,} Hz; songs from {lowest:,} to {highest:,} Hz can be separated.</source>
        <translation>「{name}」のサンプルレートは {rate:,} Hz です。分離できるのは {lowest:,}~{highest:,} Hz の曲です。</translation>
    </message>
    <message>
        <source>“{name}” is a device or a pipe, not a song.</source>
        <translation>「{name}」は曲ではなく、デバイスまたはパイプです。</translation>
    </message>
    <message>
        <source>“{name}” is a folder and cannot be replaced by a file.</source>
        <translation>「{name}」はフォルダーなので、ファイルで置き換えられません。</translation>
    </message>
    <message>
        <source>“{name}” is a folder, not a song.</source>
        <translation>「{name}」は曲ではなくフォルダーです。</translation>
    </message>
    <message>
        <source>“{name}” is empty.</source>
        <translation>「{name}」は空です。</translation>
    </message>
    <message>
        <source>“{name}” is no sidecar of this program, or it is damaged: {reason}.</source>
        <translation>「{name}」はこのプログラムのサイドカーではないか、破損しています: {reason}。</translation>
    </message>
    <message>
        <source>“{name}” is not the song of the sidecar: its decoded samples differ.</source>
        <translation>「{name}」はサイドカーの曲ではありません: デコードしたサンプルが異なります。</translation>
    </message>
    <message>
        <source>“{name}” is the song itself and was not overwritten.</source>
        <translation>「{name}」は元の曲そのものなので、上書きしませんでした。</translation>
    </message>
    <message>
        <source>“{name}” lies neither beside the sidecar nor in the folder above or here; name it with --song.</source>
        <translation>「{name}」はサイドカーと同じ場所にも、その上のフォルダーにも、ここにもありません。--song で指定してください。</translation>
    </message>
    <message>
        <source>“{name}” may not be read by this user.</source>
        <translation>「{name}」を読み取る権限がこのユーザーにありません。</translation>
    </message>
    <message>
        <source>“{name}” needs about {needed} for its stems, but only {free} are free in “{folder}”.</source>
        <translation>「{name}」のステムには約 {needed} が必要ですが、「{folder}」の空きは {free} しかありません。</translation>
    </message>
    <message>
        <source>“{name}” needs {needed} for temporary files, but only {free} are free in “{folder}”.</source>
        <translation>「{name}」には一時ファイル用に {needed} が必要ですが、「{folder}」の空きは {free} しかありません。</translation>
    </message>
    <message>
        <source>“{name}” would hold no sound.</source>
        <translation>「{name}」に音が入りません。</translation>
    </message>
    <message>
        <source>“{name}” {reason}.</source>
        <translation>「{name}」{reason}。</translation>
    </message>
    <message>
        <source>“{name}” {reason}; what could be decoded is used.</source>
        <translation>「{name}」{reason}。デコードできた部分を使います。</translation>
    </message>
</context>
<context>
    <name>ExportAllDialog</name>
    <message>
        <source>Beside each song</source>
        <translation>各曲と同じ場所</translation>
    </message>
    <message>
        <source>Songs that are not separated yet are saved as soon as they are.</source>
        <translation>まだ分離されていない曲は、分離が終わりしだい保存されます。</translation>
    </message>
    <message>
        <source>Where a file is there already, the new one gets a number.</source>
        <translation>同名のファイルがある場合は、新しいファイルに番号が付きます。</translation>
    </message>
    <message>
        <source>Of the open song: {holds}</source>
        <translation>開いている曲: {holds}</translation>
    </message>
    <message>
        <source>Export all songs of the queue: {count}</source>
        <translation>キューの全曲を書き出し: {count} 曲</translation>
    </message>
    <message>
        <source>The queue holds no songs that can be saved.</source>
        <translation>キューに保存できる曲がありません。</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>そのフォルダーはありません。</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>The separation is not finished; the files are written once it is.</source>
        <translation>分離はまだ終わっていません。ファイルは分離後に書き込まれます。</translation>
    </message>
    <message>
        <source>Export “{title}”</source>
        <translation>「{title}」を書き出し</translation>
    </message>
    <message>
        <source>There is no such folder.</source>
        <translation>そのフォルダーはありません。</translation>
    </message>
    <message>
        <source>The song itself would be replaced.</source>
        <translation>元の曲が上書きされてしまいます。</translation>
    </message>
    <message>
        <source>Files of these names are there already.</source>
        <translation>同名のファイルがすでにあります。</translation>
    </message>
</context>
<context>
    <name>ExportForm</name>
    <message>
        <source>Export</source>
        <translation>書き出し</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>形式</translation>
    </message>
    <message>
        <source>Bit depth</source>
        <translation>ビット深度</translation>
    </message>
    <message>
        <source>Quality</source>
        <translation>品質</translation>
    </message>
    <message>
        <source>Small files</source>
        <translation>小さいファイル</translation>
    </message>
    <message>
        <source>High quality</source>
        <translation>高品質</translation>
    </message>
    <message>
        <source>Highest quality</source>
        <translation>最高品質</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>フォルダー</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>選択…</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>名前</translation>
    </message>
    <message>
        <source>Only a sample, from where the voice starts</source>
        <translation>ボーカルの出だしからの試聴用サンプルのみ</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>Length of the sample in seconds</source>
        <translation>試聴用サンプルの長さ(秒)</translation>
    </message>
    <message>
        <source>Replace files that are there already</source>
        <translation>既存のファイルを置き換える</translation>
    </message>
    <message>
        <source>Also save how they were made, to make them again</source>
        <translation>再現できるように作り方も保存する</translation>
    </message>
    <message>
        <source>Stems</source>
        <translation>ステム</translation>
    </message>
    <message>
        <source>{song} is the file’s name; {title} and {artist} are what its tags say.</source>
        <translation>{song} はファイル名、{title} と {artist} はタグの内容です。</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>ファイル</translation>
    </message>
    <message>
        <source>Choose at least one stem.</source>
        <translation>ステムを 1 つ以上選択してください。</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>書き出し先</translation>
    </message>
</context>
<context>
    <name>FindingCommands</name>
    <message>
        <source>Looking for dropouts…</source>
        <translation>ドロップアウトを検索中…</translation>
    </message>
    <message>
        <source>They are listed once the song is separated.</source>
        <translation>曲の分離が終わると一覧に表示されます。</translation>
    </message>
    <message>
        <source>Keep Low End</source>
        <translation>低域を残す</translation>
    </message>
    <message>
        <source>Give Low End Back to Voice</source>
        <translation>低域をボーカルに戻す</translation>
    </message>
    <message>
        <source>Change Frequency of Low End</source>
        <translation>低域の周波数を変更</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Progress</source>
        <translation>進行状況</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>開いています…</translation>
    </message>
    <message>
        <source>Vocal Remover</source>
        <translation>Vocal Remover</translation>
    </message>
    <message>
        <source>No song is open</source>
        <translation>曲が開かれていません</translation>
    </message>
    <message>
        <source>Next · {count} more</source>
        <translation>次へ · 残り {count}</translation>
    </message>
    <message>
        <source>Drop to use this checkpoint</source>
        <translation>ドロップしてこのチェックポイントを使用</translation>
    </message>
    <message>
        <source>It separates songs from then on</source>
        <translation>以後の曲はこれで分離されます</translation>
    </message>
    <message>
        <source>Drop to queue</source>
        <translation>ドロップしてキューに追加</translation>
    </message>
    <message>
        <source>The song that is open stays open</source>
        <translation>開いている曲はそのままです</translation>
    </message>
    <message>
        <source>Drop to open</source>
        <translation>ドロップして開く</translation>
    </message>
    <message>
        <source>The song that is open is closed</source>
        <translation>開いている曲は閉じられます</translation>
    </message>
    <message>
        <source>mono</source>
        <translation>モノラル</translation>
    </message>
    <message>
        <source>stereo</source>
        <translation>ステレオ</translation>
    </message>
    <message>
        <source>{count} channels</source>
        <translation>{count} チャンネル</translation>
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
        <translation>保存された分離結果</translation>
    </message>
    <message>
        <source>Songs that were separated are kept on this computer, so that they open at once the next time. Those used longest ago make room for new ones.</source>
        <translation>分離した曲はこのコンピューターに保存され、次回はすぐに開けます。最も長く使われていないものから、新しいもののために削除されます。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>消去</translation>
    </message>
    <message>
        <source>Remove all kept separations; your songs and stems stay</source>
        <translation>保存された分離結果をすべて削除します。曲とステムは残ります</translation>
    </message>
    <message>
        <source>Nothing is kept</source>
        <translation>保存されたものはありません</translation>
    </message>
    <message>
        <source>{size} of at most {limit} · songs: {count}</source>
        <translation>{size} / 最大 {limit} · {count} 曲</translation>
    </message>
</context>
<context>
    <name>LanguageMenu</name>
    <message>
        <source>Language</source>
        <translation>言語</translation>
    </message>
    <message>
        <source>System</source>
        <translation>システムの言語</translation>
    </message>
    <message>
        <source>The language changes when Vocal Remover starts again.</source>
        <translation>言語は次回 Vocal Remover を起動したときに変わります。</translation>
    </message>
</context>
<context>
    <name>LevelMeter</name>
    <message>
        <source>Level</source>
        <translation>レベル</translation>
    </message>
    <message>
        <source>Peaks of left and right from −60 to 0 dBFS, and the loudness of the last 0.4 s. The red light says that the sound clips; click or press Return to put it out.</source>
        <translation>左右のピーク(−60~0 dBFS)と直近 0.4 秒のラウドネス。赤いランプはクリップを示します。クリックまたは Enter で消灯します。</translation>
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
        <translation>Vocal Remover 自体のコードは MIT ライセンスです。下の部品と組み合わせた全体は、GNU GPL バージョン 3 以降の条件で再配布できます。</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部品</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>バージョン</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>ライセンス</translation>
    </message>
    <message>
        <source>Parts and their licences</source>
        <translation>部品とそのライセンス</translation>
    </message>
    <message>
        <source>Licence text</source>
        <translation>ライセンス本文</translation>
    </message>
    <message>
        <source>Default checkpoint and its training data</source>
        <translation>標準チェックポイントと学習データ</translation>
    </message>
</context>
<context>
    <name>LowEndMeter</name>
    <message>
        <source>{time}: left with the voice: {shares}</source>
        <translation>{time}: ボーカルと一緒に失われた割合: {shares}</translation>
    </message>
</context>
<context>
    <name>LowEndPanel</name>
    <message>
        <source>Low end that left with the voice</source>
        <translation>ボーカルと一緒に失われた低域</translation>
    </message>
    <message>
        <source>Keep the low end below</source>
        <translation>これより下の低域を残す:</translation>
    </message>
    <message>
        <source>Leave everything below in the instrumental, unless a voice sings there</source>
        <translation>これより下はインストに残します(そこに歌声がある場合を除く)</translation>
    </message>
    <message>
        <source>Keep the low end</source>
        <translation>低域を残す</translation>
    </message>
    <message>
        <source> Hz</source>
        <translation> Hz</translation>
    </message>
    <message>
        <source>Frequency to keep the low end below</source>
        <translation>低域を残す上限の周波数</translation>
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
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>再生</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;Song</source>
        <translation>曲(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>編集(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Playback</source>
        <translation>再生(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>表示(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>ヘルプ(&amp;H)</translation>
    </message>
</context>
<context>
    <name>MixCommands</name>
    <message>
        <source>Undo {change}</source>
        <translation>元に戻す: {change}</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>元に戻す</translation>
    </message>
    <message>
        <source>Redo {change}</source>
        <translation>やり直す: {change}</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>やり直す</translation>
    </message>
</context>
<context>
    <name>MixerPanel</name>
    <message>
        <source>Vocal level</source>
        <translation>ボーカルレベル</translation>
    </message>
    <message>
        <source>How loud the voice is in the instrumental</source>
        <translation>インストに含めるボーカルの音量</translation>
    </message>
    <message>
        <source>Lows</source>
        <translation>低域</translation>
    </message>
    <message>
        <source>The voice below 250 Hz, on top of the vocal level</source>
        <translation>250 Hz 未満のボーカル(ボーカルレベルに加算)</translation>
    </message>
    <message>
        <source>Middle</source>
        <translation>中域</translation>
    </message>
    <message>
        <source>The voice from 250 Hz to 4 kHz, on top of the vocal level</source>
        <translation>250 Hz~4 kHz のボーカル(ボーカルレベルに加算)</translation>
    </message>
    <message>
        <source>Highs</source>
        <translation>高域</translation>
    </message>
    <message>
        <source>The voice above 4 kHz, on top of the vocal level</source>
        <translation>4 kHz を超えるボーカル(ボーカルレベルに加算)</translation>
    </message>
    <message>
        <source>M</source>
        <translation>M</translation>
    </message>
    <message>
        <source>Mute instrumental</source>
        <translation>インストをミュート</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>Solo instrumental</source>
        <translation>インストをソロ</translation>
    </message>
    <message>
        <source>Mute vocals</source>
        <translation>ボーカルをミュート</translation>
    </message>
    <message>
        <source>Solo vocals</source>
        <translation>ボーカルをソロ</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>リセット</translation>
    </message>
    <message>
        <source>Take the voice out again and switch everything on</source>
        <translation>ボーカルを再び抜き、すべてをオンにします</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>インスト</translation>
    </message>
    <message>
        <source>Vocals</source>
        <translation>ボーカル</translation>
    </message>
    <message>
        <source>Change Vocal Level</source>
        <translation>ボーカルレベルの変更</translation>
    </message>
    <message>
        <source>Change {band} of the Voice</source>
        <translation>ボーカルの{band}の変更</translation>
    </message>
</context>
<context>
    <name>Mixing</name>
    <message>
        <source>Reset Mixer</source>
        <translation>ミキサーのリセット</translation>
    </message>
    <message>
        <source>off</source>
        <translation>オフ</translation>
    </message>
    <message>
        <source>{level} dB</source>
        <translation>{level} dB</translation>
    </message>
    <message>
        <source>The low end below {hertz} Hz is kept.</source>
        <translation>{hertz} Hz より下の低域は残されます。</translation>
    </message>
    <message>
        <source>The instrumental holds the voice at {level}.</source>
        <translation>インストにはボーカルが {level} で含まれます。</translation>
    </message>
    <message>
        <source>The instrumental holds the voice: lows {low}, middle {mid}, highs {high}.</source>
        <translation>インストにはボーカルが含まれます: 低域 {low}、中域 {mid}、高域 {high}。</translation>
    </message>
</context>
<context>
    <name>Player</name>
    <message>
        <source>The audio device stopped: playback is silent.</source>
        <translation>オーディオデバイスが停止しました。音は出ません。</translation>
    </message>
    <message>
        <source>No audio device was found: playback is silent.</source>
        <translation>オーディオデバイスが見つかりません。音は出ません。</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>Waiting</source>
        <translation>待機中</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>読み込み中…</translation>
    </message>
    <message>
        <source>Separating… {percent} %</source>
        <translation>分離中… {percent} %</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>保存中…</translation>
    </message>
    <message>
        <source>Separated</source>
        <translation>分離済み</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>保存済み</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>キャンセル済み</translation>
    </message>
    <message>
        <source>  ·  a check failed</source>
        <translation>  ·  チェック不合格</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message>
        <source>Songs in the queue</source>
        <translation>キューの曲</translation>
    </message>
</context>
<context>
    <name>QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>キュー</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>開始</translation>
    </message>
    <message>
        <source>Move Up</source>
        <translation>上へ移動</translation>
    </message>
    <message>
        <source>Move Down</source>
        <translation>下へ移動</translation>
    </message>
    <message>
        <source>Try Again</source>
        <translation>再試行</translation>
    </message>
    <message>
        <source>Cancel Songs</source>
        <translation>曲をキャンセル</translation>
    </message>
    <message>
        <source>Remove From Queue</source>
        <translation>キューから削除</translation>
    </message>
    <message>
        <source>Clear Those Done</source>
        <translation>完了したものを消去</translation>
    </message>
    <message>
        <source>Close the queue</source>
        <translation>キューを閉じる</translation>
    </message>
    <message>
        <source>Close the queue; the songs stay in it  (Q)</source>
        <translation>キューを閉じます。曲は残ります  (Q)</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>一時停止</translation>
    </message>
    <message>
        <source>Drop songs or folders here.</source>
        <translation>ここに曲やフォルダーをドロップしてください。</translation>
    </message>
    <message>
        <source>{done} of {count} done</source>
        <translation>{count} 曲中 {done} 曲完了</translation>
    </message>
    <message>
        <source>  ·  {count} failed</source>
        <translation>  ·  失敗 {count}</translation>
    </message>
</context>
<context>
    <name>ReportCommands</name>
    <message>
        <source>The report is on the clipboard; it names no folders.</source>
        <translation>レポートをクリップボードにコピーしました。フォルダー名は含まれません。</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>It was kept from an earlier time.</source>
        <translation>以前の分離結果を使いました。</translation>
    </message>
</context>
<context>
    <name>SongCommands</name>
    <message>
        <source>Open songs</source>
        <translation>曲を開く</translation>
    </message>
    <message>
        <source>Songs ({patterns});;All files (*)</source>
        <translation>曲 ({patterns});;すべてのファイル (*)</translation>
    </message>
    <message>
        <source>in development</source>
        <translation>開発版</translation>
    </message>
</context>
<context>
    <name>SongSearch</name>
    <message>
        <source>No songs were found there.</source>
        <translation>曲が見つかりませんでした。</translation>
    </message>
</context>
<context>
    <name>SongView</name>
    <message>
        <source>Waveform</source>
        <translation>波形</translation>
    </message>
    <message>
        <source>Spectrogram before</source>
        <translation>処理前のスペクトログラム</translation>
    </message>
    <message>
        <source>Spectrogram after</source>
        <translation>処理後のスペクトログラム</translation>
    </message>
    <message>
        <source>Spectrogram of the difference</source>
        <translation>差分のスペクトログラム</translation>
    </message>
    <message>
        <source>Dropouts over time</source>
        <translation>ドロップアウトの時間分布</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>時間</translation>
    </message>
    <message>
        <source>Before · Mixture</source>
        <translation>処理前 · ミックス</translation>
    </message>
    <message>
        <source>The separated sound appears here, part by part</source>
        <translation>分離された音がここに順次表示されます</translation>
    </message>
    <message>
        <source>Not separated yet: press S</source>
        <translation>まだ分離されていません: S キーを押してください</translation>
    </message>
    <message>
        <source>After · {stem}</source>
        <translation>処理後 · {stem}</translation>
    </message>
    <message>
        <source>After · {stem}, mixed</source>
        <translation>処理後 · {stem}(ミックス済み)</translation>
    </message>
    <message>
        <source>Difference · {stem}</source>
        <translation>差分 · {stem}</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>In the queue: {name}</source>
        <translation>キュー: {name}</translation>
    </message>
    <message>
        <source>This part is not separated yet: you hear the mixture.</source>
        <translation>この部分はまだ分離されていません。ミックスを再生しています。</translation>
    </message>
    <message>
        <source>Looking for songs…</source>
        <translation>曲を検索中…</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>停止中…</translation>
    </message>
    <message>
        <source>Reading the song…</source>
        <translation>曲を読み込み中…</translation>
    </message>
    <message>
        <source>Saving… {percent} %</source>
        <translation>保存中… {percent} %</translation>
    </message>
    <message>
        <source>Separating the region again… {percent} %</source>
        <translation>範囲を再分離中… {percent} %</translation>
    </message>
    <message>
        <source>Getting ready to separate…</source>
        <translation>分離の準備中…</translation>
    </message>
    <message>
        <source>Separating… {percent} %  ·  {left}</source>
        <translation>分離中… {percent} %  ·  {left}</translation>
    </message>
    <message>
        <source>  ·  the files are saved after that</source>
        <translation>  ·  終わるとファイルが保存されます</translation>
    </message>
    <message>
        <source>Separated.  {device}</source>
        <translation>分離しました。  {device}</translation>
    </message>
    <message>
        <source>Stopped at {percent} %; Separate goes on from there.</source>
        <translation>{percent} % で停止しました。「分離」で続きから再開します。</translation>
    </message>
    <message>
        <source>Ready to separate.</source>
        <translation>分離できます。</translation>
    </message>
    <message>
        <source>Songs that wait in the queue from last time: {count}  (Q)</source>
        <translation>前回からキューで待機中の曲: {count}  (Q)</translation>
    </message>
    <message>
        <source>a few seconds left</source>
        <translation>残り数秒</translation>
    </message>
    <message>
        <source>about {seconds} s left</source>
        <translation>残り約 {seconds} 秒</translation>
    </message>
    <message>
        <source>about {minutes} min left</source>
        <translation>残り約 {minutes} 分</translation>
    </message>
    <message>
        <source>“{name}”</source>
        <translation>「{name}」</translation>
    </message>
    <message>
        <source>Saved {names} in {folder}.</source>
        <translation>{names} を {folder} に保存しました。</translation>
    </message>
    <message>
        <source>All by {gain} dB, so that none clips.</source>
        <translation>クリップを避けるため、すべて {gain} dB 調整しました。</translation>
    </message>
    <message>
        <source>{count} samples were clipped.</source>
        <translation>{count} サンプルがクリップしました。</translation>
    </message>
    <message>
        <source>True peak +{level:.1f} dBTP: players may clip between the samples.</source>
        <translation>トゥルーピーク +{level:.1f} dBTP: 再生時にサンプル間でクリップすることがあります。</translation>
    </message>
    <message>
        <source>{format} does not hold {rate} Hz: saved at {saved} Hz.</source>
        <translation>{format} は {rate} Hz に対応していないため、{saved} Hz で保存しました。</translation>
    </message>
    <message>
        <source>Null test passed: the stems sum to the song and the voice that was given back.</source>
        <translation>ヌルテスト合格: ステムの合計は、元の曲に戻したボーカルを足したものと一致します。</translation>
    </message>
    <message>
        <source>Null test passed: the stems sum to the song.</source>
        <translation>ヌルテスト合格: ステムの合計は元の曲と一致します。</translation>
    </message>
    <message>
        <source>Null test failed: the stems miss the song by {level:.0f} dBFS.</source>
        <translation>ヌルテスト不合格: ステムの合計と元の曲に {level:.0f} dBFS の差があります。</translation>
    </message>
    <message>
        <source>{format} is lossy: the stems sum to the song but for noise {level} dB below.</source>
        <translation>{format} は非可逆です。ステムの合計は、{level} dB 下のノイズを除いて元の曲と一致します。</translation>
    </message>
    <message>
        <source>It puts {delay} samples before the song, which the files say and players skip.</source>
        <translation>曲の前に {delay} サンプルが追加されます。ファイルに記録され、プレーヤーはこれを読み飛ばします。</translation>
    </message>
    <message>
        <source>Read back, the stems are on time to the sample.</source>
        <translation>読み戻したステムはサンプル単位で正確な位置にあります。</translation>
    </message>
</context>
<context>
    <name>Stems</name>
    <message>
        <source>Mixture</source>
        <translation>ミックス</translation>
    </message>
    <message>
        <source>Instrumental</source>
        <translation>インスト</translation>
    </message>
    <message>
        <source>Vocals</source>
        <translation>ボーカル</translation>
    </message>
</context>
<context>
    <name>TakePanel</name>
    <message>
        <source>Takes</source>
        <translation>テイク</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>範囲</translation>
    </message>
    <message>
        <source>Select a region: drag with Shift held, or press I and O while it plays. Then separate it again in another way and keep what sounds best.</source>
        <translation>範囲を選択します: Shift を押しながらドラッグするか、再生中に I と O を押します。そのあと別の方法で再分離し、最も良いものを残します。</translation>
    </message>
    <message>
        <source>Takes of the region</source>
        <translation>この範囲のテイク</translation>
    </message>
    <message>
        <source>The one that is chosen is heard and exported</source>
        <translation>選択したテイクが再生され、書き出されます</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>名前を変更…</translation>
    </message>
    <message>
        <source>Delete Take</source>
        <translation>テイクを削除</translation>
    </message>
    <message>
        <source>First result</source>
        <translation>最初の結果</translation>
    </message>
    <message>
        <source>No region is selected</source>
        <translation>範囲が選択されていません</translation>
    </message>
    <message>
        <source>Rename Take</source>
        <translation>テイクの名前を変更</translation>
    </message>
    <message>
        <source>Name of the take</source>
        <translation>テイクの名前</translation>
    </message>
</context>
<context>
    <name>TakeSettingsForm</name>
    <message>
        <source>Checkpoint</source>
        <translation>チェックポイント</translation>
    </message>
    <message>
        <source>The network that separates the region</source>
        <translation>範囲を分離するネットワーク</translation>
    </message>
    <message>
        <source>The song&apos;s own</source>
        <translation>曲と同じもの</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>ファイルを選択…</translation>
    </message>
    <message>
        <source>At three pitches</source>
        <translation>3 つのピッチで</translation>
    </message>
    <message>
        <source>The mean of three passes; usually better, and three times as slow</source>
        <translation>3 回の分離の平均です。たいてい良くなりますが、時間は 3 倍かかります</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>強さ</translation>
    </message>
    <message>
        <source>More takes doubtful sounds out with the voice, less leaves them; what is certain stays as it is</source>
        <translation>強くすると紛らわしい音もボーカルと一緒に除き、弱くすると残します。確かな部分は変わりません</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message>
        <source>Choose a checkpoint</source>
        <translation>チェックポイントを選択</translation>
    </message>
    <message>
        <source>Checkpoints (*.safetensors *.pth);;All files (*)</source>
        <translation>チェックポイント (*.safetensors *.pth);;すべてのファイル (*)</translation>
    </message>
</context>
<context>
    <name>Takes</name>
    <message>
        <source>Run Region Again</source>
        <translation>範囲を再分離</translation>
    </message>
    <message>
        <source>Choose Take</source>
        <translation>テイクの選択</translation>
    </message>
    <message>
        <source>Rename Take</source>
        <translation>テイクの名前を変更</translation>
    </message>
    <message>
        <source>Delete Take</source>
        <translation>テイクを削除</translation>
    </message>
    <message>
        <source>Take {number}</source>
        <translation>テイク {number}</translation>
    </message>
    <message>
        <source>three pitches</source>
        <translation>3 つのピッチ</translation>
    </message>
    <message>
        <source>strength {percent} %</source>
        <translation>強さ {percent} %</translation>
    </message>
    <message>
        <source>as the first result</source>
        <translation>最初の結果と同じ設定</translation>
    </message>
</context>
<context>
    <name>Transport</name>
    <message>
        <source>Position</source>
        <translation>再生位置</translation>
    </message>
    <message>
        <source>Volume</source>
        <translation>音量</translation>
    </message>
    <message>
        <source>Volume  (Up, Down)</source>
        <translation>音量  (↑, ↓)</translation>
    </message>
</context>
<context>
    <name>Unfinished</name>
    <message>
        <source>“{song}” was not finished last time. It waits in the queue (Q), or open it: it goes on where it was.</source>
        <translation>「{song}」は前回終わりませんでした。キューで待機中です (Q)。開くと続きから再開します。</translation>
    </message>
    <message>
        <source>Songs that were not finished last time: {count}. They wait in the queue (Q), or open them: they go on where they were.</source>
        <translation>前回終わらなかった曲: {count}。キューで待機中です (Q)。開くと続きから再開します。</translation>
    </message>
</context>
<context>
    <name>ViewCommands</name>
    <message>
        <source>Save the views as a picture</source>
        <translation>表示を画像として保存</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>画像 (*.png)</translation>
    </message>
</context>
<context>
    <name>Worker</name>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>メモリが足りません。</translation>
    </message>
    <message>
        <source>Something went wrong that should not have; the details say more.</source>
        <translation>予期しないエラーが発生しました。詳細をご確認ください。</translation>
    </message>
</context>
</TS>
