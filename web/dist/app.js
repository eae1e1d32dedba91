"use strict";(()=>{var Us=Object.defineProperty;var qs=(e,t,n)=>()=>{if(n)throw n[0];try{return e&&(t=e(e=0)),t}catch(i){throw n=[i],i}};var Pr=(e,t)=>{for(var n in t)Us(e,n,{get:t[n],enumerable:!0})};var vi={};Pr(vi,{sendFiles:()=>Ys,uploadFile:()=>Js});async function Ys(e,t,n){let i=await Promise.all(n.map(r=>e.upload(r)));return e.send({...t,attachments:[...t.attachments??[],...i.map(({id:r})=>({id:r}))]})}async function Js(e,t,n,i={},r,o){let{width:a,height:s,onProgress:u,signal:h}=i;h?.throwIfAborted();let d=i.name??(n.name||"file"),m=i.mimeType??(n.type||"application/octet-stream"),f=await e({type:"CREATE_UPLOAD",chatId:t,name:d,size:n.size,mimeType:m,width:a,height:s}),p=tl(f.uploadUrl);try{return await Zs(p,n,{Refused:r,Interrupted:o},u,h),f.file}catch(x){throw fetch(p,{method:"DELETE"}).catch(()=>{}),x}}async function Zs(e,t,n,i,r){let{size:o}=t,a=0,s=0,u=!1;for(;;){i?.(a,o);let h=u?a:Math.min(a+1048576,o),d=u?`bytes */${o}`:`bytes ${a}-${h-1}/${o}`,{isComplete:m,received:f=a,error:p,waitMs:x}=await Qs(e,d,t.slice(a,h),n,r);if(m)return i?.(o,o);if(u=p!==void 0,p){if(++s>8)throw p;await Xs(x??250*2**s*Math.random(),r)}else f>a&&(s=0);a=f}}async function Qs(e,t,n,{Refused:i,Interrupted:r},o){try{let a=await fetch(e,{method:"PUT",headers:{"content-range":t},body:n,signal:o}),s=await a.json();if(a.status===201)return{isComplete:!0};if(a.status===308)return{received:s.received};let u=new i(s);if(!Ws.has(u.code))throw u;return{error:u,waitMs:u.retryAfterMs}}catch(a){if(o?.throwIfAborted(),a instanceof i)throw a;return{error:new r("the upload was interrupted",void 0,a)}}}function Xs(e,t){return new Promise((n,i)=>{let r=()=>{clearTimeout(o),i(t?.reason)},o=setTimeout(()=>{t?.removeEventListener("abort",r),n()},e);t?.addEventListener("abort",r,{once:!0})})}var Ws,tl,xi=qs(()=>{"use strict";Ws=new Set(["CONFLICT","RATE_LIMITED","UNAVAILABLE"]);tl=e=>globalThis.location?.protocol==="https:"?e.replace(/^http:/,"https:"):e});var Q=class extends Error{name="PichatError"},rt=class extends Q{name="CommandError";constructor(t){super(`${t.code}: ${t.error}`),this.code=t.code,this.command=t.command,this.field=t.field,this.retryAfterMs=t.retryAfterMs}},He=class extends Q{name="ConnectionLost"},oe=class extends Q{name="ConnectionFailed";constructor(t,n,i){super(t,{cause:i}),this.closeCode=n}},Et=class extends Q{name="Closed";constructor(t,n,i){super(t,{cause:i}),this.closeCode=n}},St=class extends Et{name="AuthenticationError";constructor(t,n,i){super(t,i),this.code=n}},ae=class extends Q{name="TimedOut"};function Vt(e=Date.now()){let t=crypto.getRandomValues(new Uint8Array(16));for(let i=0;i<6;i++)t[i]=Math.floor(e/2**(8*(5-i)))%256;return t[6]=112|t[6]&15,t[8]=128|t[8]&63,[...t].map(i=>i.toString(16).padStart(2,"0")).join("").replace(/(.{8})(.{4})(.{4})(.{4})/,"$1-$2-$3-$4-")}var $s=128;function Lr(e,t){let n=t===1?"answer-":`answer${t}-`;return n+e.slice(-($s-n.length))}var bi=new WeakMap;function Or(e,t,n){let i=bi.get(t);if(i)return i;let r=Gs(e,t,n).finally(()=>{bi.delete(t),delete t.loadingMembers});return bi.set(t,r),r}async function Gs(e,t,n){let i=t.loadingMembers=new Map,r;do{let o=await n({type:"GET_MEMBERS",chatId:t.id,limit:200,cursor:r});for(let a of o.members)i.set(a.user.id,a),e.updateUser(a.user);r=o.nextCursor}while(r!==void 0);return t.members=i,i}var Fe=class{id;chat;position;from;messages=[];members;loadingMembers;typing=new Map;streams=new Map;changedStreams=new Set;endedStreams=new Set;stale;keep;constructor(t,n,i,r){this.id=t.id,this.chat=t,se(this,t,r),this.position=n,this.from=n+1,this.keep=i,this.stale=t.myRole===void 0}get readByAllSeq(){let t=[...this.members?.values()??[]].filter(({user:n})=>n.kind==="human");return t.length===0?0:Math.min(...t.map(n=>this.#t(n)))}#t({user:t,readSeq:n}){if(n+1<this.from)return n;let i=n;for(let r=yi(this.messages,n+1);this.messages[r]?.sender.id===t.id;r++)i=this.messages[r].seq;return i}get memberLists(){return[this.members,this.loadingMembers].filter(t=>t!==void 0)}},Vs=["myRole","unreadCount","mentionCount","readSeq","muted","mutedUntil","peer"];function se(e,t,n){let r=t.myRole!==void 0?[]:Vs.filter(s=>e.chat[s]!==void 0).map(s=>[s,e.chat[s]]),{lastMessage:o}=t,a=o&&Be(e,o.id);e.chat={...t,...Object.fromEntries(r),...o&&{lastMessage:Ks(o,a,n)}},e.messages.splice(0,yi(e.messages,t.firstSeq))}function Ks(e,t,n){let i=ki(e,t);return{...i,reactions:i.reactions.map(r=>({...r,me:r.me||r.userIds.includes(n)}))}}function Dr(e,t){e.stale||=(t.readSeq??0)<(e.chat.readSeq??0);let{mutedUntil:n,...i}=e.chat;e.chat={...i,...t}}function _r(e,t){let n=[...e.streams.values()].filter(({id:r})=>e.changedStreams.has(r)),i=t.filter(({id:r})=>!e.endedStreams.has(r));e.streams=new Map(i.map(r=>[r.id,r]));for(let r of n)(r.nextIndex??0)>=(e.streams.get(r.id)?.nextIndex??0)&&e.streams.set(r.id,r);e.endedStreams.clear()}function yi(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].seq<t?n=r+1:i=r}return n}var wi=(e,t)=>e.messages.find(n=>n.id===t),Be=(e,t)=>wi(e,t)??(e.chat.lastMessage?.id===t?e.chat.lastMessage:void 0);function Ft(e,t){if(t.seq<e.from)return;let n=yi(e.messages,t.seq),i=e.messages[n];i?.seq!==t.seq?e.messages.splice(n,0,t):i.updatedSeq<=t.updatedSeq&&(e.messages[n]=t)}function zr(e,t){let[n]=t.messages;e.from=t.hasMore&&n?Math.min(e.from,n.seq):1;for(let i of t.messages)Ft(e,i);e.keep=Math.max(e.keep,e.messages.length)}function ve(e,t=Math.ceil(e.keep/4)){e.messages.length<=e.keep+t||(e.messages=e.messages.slice(-e.keep),e.from=e.messages[0].seq)}function jr(e,t,n){let i={...e.chat,messageCount:e.chat.messageCount+1,lastMessage:t,updatedAt:t.createdAt};e.chat=i,!(t.sender.id===n||t.seq<=(i.readSeq??0))&&(i.unreadCount=(i.unreadCount??0)+1,t.mentions.includes(n)&&(i.mentionCount=(i.mentionCount??0)+1))}function Hr(e,t,n,i){let r={...e.chat,messageCount:Math.max(0,e.chat.messageCount-1)};e.chat=r;let o=n.sender.id!==i&&n.seq>(r.readSeq??0);if(o&&(r.unreadCount=Math.max(0,(r.unreadCount??0)-1)),o&&!t?e.stale=!0:o&&t?.mentions.includes(i)&&(r.mentionCount=Math.max(0,(r.mentionCount??0)-1)),r.lastMessage?.id!==n.id)return;let a=e.messages.findLast(s=>!s.deletedAt);a?r.lastMessage=a:delete r.lastMessage,!a&&e.from>1&&(e.stale=!0)}function Fr(e,t,n,i){if(e.chat.lastMessage?.id===n.id&&(e.chat={...e.chat,lastMessage:n}),n.sender.id===i)return;let r=n.mentions.includes(i),o=n.seq>(e.chat.readSeq??0);t?.mentions.includes(i)!==r&&(o||r)&&(e.stale=!0)}function Br(e,t,n){if(t<=(e.chat.readSeq??0))return;e.chat={...e.chat,readSeq:t};let{unreadFromSeq:i}=e.chat;if(i!==void 0&&i<=t&&delete e.chat.unreadFromSeq,t+1<e.from)return void(e.stale=!0);let r=e.messages.filter(o=>o.seq>t&&o.sender.id!==n&&!o.deletedAt);e.chat.unreadCount=r.length,e.chat.mentionCount=r.filter(o=>o.mentions.includes(n)).length}function Ur(e,t,n){return t.reactions.map(i=>{let r=e?.reactions.find(({emoji:s})=>s===i.emoji),a=t.user.id===n&&t.emoji===i.emoji?t.type==="REACTION_ADDED":r?.me||i.userIds.includes(n);return{...i,me:a===!0}})}function ki(e,t){let n=i=>t?.reactions.some(r=>r.emoji===i&&r.me)===!0;return{...e,reactions:e.reactions.map(i=>({...i,me:n(i.emoji)}))}}var an=class{id;#t;constructor(t,n){this.#t=t,this.id=n}get room(){return this.#t.room(this.id)}get object(){return this.room.chat}get name(){return this.object.name||(this.object.peer?.displayName??"")}get messages(){return this.room.messages}get pending(){let t=new Set(this.room.messages.map(({id:n})=>n));return this.#t.outbox.of(this.id).filter(({id:n})=>!t.has(n))}get typingUsers(){return[...this.room.typing.values()]}send(t){let{text:n,files:i,...r}=typeof t=="string"?{text:t}:t,o={...r,id:r.id??Vt()};return n!==void 0&&(o.content=n),i?Promise.resolve().then(()=>(xi(),vi)).then(a=>a.sendFiles(this,o,i)):this.#t.outbox.send(this.id,o)}upload(t,n){return Promise.resolve().then(()=>(xi(),vi)).then(i=>i.uploadFile(this.#t.command,this.id,t,n,rt,oe))}async older(t=50){let{from:n}=this.room;return n<=1?!1:(zr(this.room,await this.#e("GET_CHAT_HISTORY",{before:n,limit:t})),this.#t.touch(this.id),this.room.from>1)}forgetOlder(t){this.room.keep=t,ve(this.room,0),this.#t.touch(this.id)}message(t){return wi(this.room,t)}async members(){let{room:t}=this;if(t.members)return t.members;let n=await Or(this.#t.state,t,this.#t.command);return this.#t.touch(this.id),n}edit(t,n){return this.#e("EDIT_MESSAGE",{messageId:t,content:n})}delete(t,n){return this.#e("DELETE_MESSAGE",{messageId:t,reason:n})}react(t,n){return this.#e("ADD_REACTION",{messageId:t,emoji:n})}unreact(t,n){return this.#e("REMOVE_REACTION",{messageId:t,emoji:n})}read(t){return this.#e("MARK_READ",{seq:t})}async typing(t=!0){this.#t.status.phase==="online"&&await this.#e("SET_TYPING",{typing:t}).catch(()=>{})}leave(){return this.#e("LEAVE_CHAT",{})}async*incoming(){for await(let{chat:t,message:n}of this.#t.events("message"))t.id===this.id&&(yield n)}async stream(t={}){let{messageId:n}=await this.#e("START_STREAM",{message:t});return new Ei(this.id,n,this.#t.command)}#e(t,n){let i=this.#t.command;return i({type:t,chatId:this.id,...n})}},Ei=class{id;#t;#e;constructor(t,n,i){this.#t=t,this.id=n,this.#e=i}async write(t){await this.#e({type:"APPEND_STREAM",chatId:this.#t,messageId:this.id,content:t})}async end(t){return(await this.#e({type:"END_STREAM",chatId:this.#t,messageId:this.id,content:t})).message}};var xe=()=>performance.now();var sn=class{#t;learn(t){let n=Date.parse(t);Number.isNaN(n)||(this.#t=n-xe())}until(t){let n=Date.parse(t);return this.#t===void 0||Number.isNaN(n)?void 0:n-(this.#t+xe())}},Ee=class{#t=new Map;set(t,n,i){this.clear(t);let r=()=>{this.#t.delete(t),i()};this.#t.set(t,setTimeout(r,Math.min(Math.max(0,n),2147483647)))}clear(t){clearTimeout(this.#t.get(t)),this.#t.delete(t)}clearAll(){for(let t of this.#t.values())clearTimeout(t);this.#t.clear()}};function ln(e,t,n=Math.random){return n()*Math.min(e.maxMs,e.baseMs*2**Math.min(t,30))}function qr(e,t,n,i=Math.random){switch(e){case 4400:return{stop:"the server does not know this client (4400)"};case 4403:return{stop:"this user may not connect (4403)"};case 4401:return{renew:!0};case 1012:return{retryMs:i()*Math.min(5e3,n.maxMs)};case 4429:return{retryMs:Math.min(1e4,n.maxMs)+ln({...n,baseMs:1e4},t,i)};default:return{retryMs:ln(n,t,i)}}}async function $r(e){if(e)return e;if(globalThis.WebSocket)return globalThis.WebSocket;let t="ws";try{return(await import(t)).default}catch(n){throw new Q("no WebSocket: npm install ws, or pass the option WebSocket",{cause:n})}}var cn=class{ended;#t;#e;#n;constructor(t,n){this.#t=t,this.ended=new Promise(i=>this.#e=i),t.onmessage=(i=>n(String(i.data))),t.onclose=(({code:i,reason:r})=>this.#e({code:i,reason:r,cause:this.#n})),t.onerror=(i=>{this.#n=i.error??(i.message?new Error(i.message):void 0)})}send(t){this.#t.readyState===1&&this.#t.send(t)}drop(t,n,i){let r=t===1e3;this.#e({code:t,reason:n,cause:i}),this.#t.onmessage=null,!r&&this.#t.terminate?this.#t.terminate():this.#t.close(r?1e3:void 0)}};var el={baseMs:500,maxMs:3e4},nl=1e4,Gr=2e4,il=1e4,Vr=4408,un=class{status={phase:"connecting"};#t;#e;#n;#i;#r;#o;#s;#a=0;#c;#l=!1;#u=()=>{};#h=new Ee;#m=3e4;#d;#f=-1/0;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i,this.#i={...el,...t.backoff},this.#r=t.patienceMs??nl}get lastError(){return this.#s}start(){this.#l||(this.#c??=this.#p())}wake(){this.#u(),this.status.phase==="online"&&this.#x()}close(){return this.#l||(this.#l=!0,this.#o?.drop(1e3,"goodbye"),this.#u(),this.#c||this.#T({phase:"closed"})),this.#c}restart(t){this.#o?.drop(1006,t instanceof Error?t.message:"restarted",t)}sessionChanged(){this.status.phase==="online"&&this.#S()}async#p(){let t;for(;!this.#l;){this.#T({phase:"connecting",error:this.#s});try{await this.#A(await this.#b())}catch(n){t=n instanceof Q?n:new Q(Si(n),{cause:n});break}}this.#c=void 0,this.#T({phase:"closed",reason:t})}async#b(){let t=await $r(this.#t.WebSocket);if(this.#l)return 0;let n=this.#t.url;this.#n.log({level:"debug",message:"connecting",url:n});let i,r=new Promise(u=>i=u),o=new cn(new t(n,["pichat.v1"]),u=>this.#k(u,i));this.#o=o,this.#h.set("late",this.#r,()=>o.drop(Vr,`no CONNECTED in ${this.#r} ms`));let a=this.#g(o,r),s=await Promise.race([o.ended,a.then(()=>o.ended)]).catch(u=>{throw o.drop(1e3,"giving up"),this.#M(),u});return a.catch(()=>{}),this.#M(),this.#l?0:this.#w(s)}async#g(t,n){let i=await n;this.#h.clear("late"),this.#m=i.heartbeatMs||this.#m,this.#n.requests.open(r=>t.send(r),i.limits);try{for(this.#n.requests.ask({type:"PING"},{urgent:!0}).catch(()=>{});!await this.#e.authenticate(r=>this.#y(r)););await this.#n.catchUp()}catch(r){if(r instanceof Et)throw r;return r instanceof rt?t.drop(1013,r.message,r):r instanceof Q?void 0:t.drop(1006,Si(r),r)}this.#o!==t||this.#l||(this.#a=0,this.#s=void 0,this.#n.log({level:"info",message:"online",url:this.#t.url,server:i.server}),this.#T({phase:"online"}),this.#n.requests.ready(),this.#E())}async#y(t){try{return await this.#n.requests.ask(t,{urgent:!0}),t.type==="REFRESH_TOKEN"&&(this.#f=xe()),!0}catch(n){if(!(n instanceof rt)||this.#e.isTransient(n))throw n;return this.#n.log({level:"warn",message:"authentication refused",command:t.type,code:n.code}),await this.#e.refused(n),!1}}async#w(t){let n=`${t.reason||(t.cause?Si(t.cause):"")} (${t.code})`.trim();this.#s=new oe(`${this.#t.url}: ${n}`,t.code,t.cause);let i=qr(t.code,this.#a++,this.#i);if(this.#n.log({level:"warn",message:"connection ended",code:t.code,reason:n,failures:this.#a}),"stop"in i)throw new Et(t.reason?`${i.stop}: ${t.reason}`:i.stop,t.code);return"retryMs"in i?i.retryMs:(await this.#e.revoked(t.reason||"credentials are no longer valid (4401)"),ln(this.#i,this.#a))}#k(t,n){this.#v();let i=JSON.parse(t),{serverTime:r}=i;if(r!==void 0&&this.#n.clock.learn(r),i.type==="CONNECTED")return n(i);i.type==="TOKEN_EXPIRING"&&this.#E(0),i.type!=="ERROR"&&this.#n.receive(i,this.#n.requests.commandOf(i));let o=this.#n.requests.answer(i);i.type==="ERROR"&&!o&&this.#n.problem(new rt(i))}#v(){this.#h.set("silence",this.#m,()=>this.#x())}#x(){let t=this.#o;this.#n.requests.ask({type:"PING"},{urgent:!0,timeoutMs:this.#r}).catch(i=>i instanceof ae&&t?.drop(Vr,"the server does not answer",i))}#E(t=this.#e.renewInMs()){if(this.#h.clear("renewal"),t===void 0||!this.#o)return;let n=this.#f+Gr-xe();this.#h.set("renewal",Math.max(t,n),()=>{this.#S()})}#S(){return this.#d??=this.#C().finally(()=>this.#d=void 0),this.#d}async#C(){try{await this.#e.renew(t=>(this.#f=xe(),this.#n.log({level:"debug",message:"renewing the session",command:t.type}),this.#n.requests.ask(t,{urgent:!0,timeoutMs:il}))),this.#E()}catch(t){t instanceof rt&&!this.#e.isTransient(t)?this.#n.problem(new St(t.message,t.code)):this.#E(Gr)}}async#A(t){this.#l||(this.#T({phase:"waiting",retryAt:Date.now()+t,error:this.#s}),await new Promise(n=>{this.#h.set("pause",t,n),this.#u=n}),this.#h.clear("pause"),this.#u=()=>{})}#T(t){this.status=t,this.#n.status(t)}#M(){this.#o=void 0,this.#h.clearAll(),this.#n.lost()}},Si=e=>e instanceof Error?e.message:String(e);var rl=6e4,ol=5e3,Kr=3,dn=class{#t;#e;#n={};#i=!1;#r;#o;#s=0;#a=!1;#c=0;#l=!1;#u="token";constructor(t,n){this.#t=t,this.#e=n}async authenticate(t){await this.#p();let n=async()=>t(await this.#m());return this.#d()==="refresh"?this.#f(n):n()}async renew(t){if(await this.#p())return void await t({type:"AUTHENTICATE",token:this.#n.accessToken});if(!this.#n.refreshToken){typeof this.#t.token=="function"&&await t({type:"AUTHENTICATE",token:await this.#y()});return}await this.#f(async()=>{let n=await this.#p(),{accessToken:i,refreshToken:r}=this.#n;n?await t({type:"AUTHENTICATE",token:i}):r&&await t({type:"REFRESH_TOKEN",refreshToken:r})})}isTransient(t){return t.code==="RATE_LIMITED"?this.#l||this.#u!=="login"&&this.#u!=="signUp":t.code==="UNAVAILABLE"||t.code==="INTERNAL"}accepted(t){if(this.#l=!0,this.#c=0,this.#u==="signUp"&&(this.#a=!0),!t.accessToken)return;let{accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:o}=t,a=Date.now();this.#o=void 0,this.#n={accessToken:n,accessTokenExpiresAt:i,refreshToken:r,refreshTokenExpiresAt:o,receivedAt:a},this.#b(this.#n)}async refused(t){this.#c++;let n=this.#u;if(n==="access")this.#o=this.#n.accessToken;else if(n==="refresh"&&!await this.#p())this.forget();else if(n==="signUp"&&t.code==="CONFLICT"&&this.#s>1)return void(this.#a=!0);let i=n==="token"&&typeof this.#t.token=="function"&&this.#c<Kr;if(t.code==="FORBIDDEN"||!(i||n==="access"||n==="refresh"))throw new St(t.message,t.code)}async revoked(t){let n=this.#n.accessToken;if(await this.#p()||(this.#o=n),!(this.#n.accessToken??this.#n.refreshToken)&&typeof this.#t.token=="string"&&!this.#g()||++this.#c>Kr)throw new St(t,void 0,4401)}forget(){this.#n={},this.#b(void 0)}renewInMs(t=Math.random){let n=this.#n.refreshToken?this.#h():void 0;if(n===void 0)return;let i=Math.min(rl,n/3);return Math.max(0,n-i-t()*(i/4))}#h(){let{accessToken:t,accessTokenExpiresAt:n,receivedAt:i}=this.#n,r=t===void 0?{}:al(t),o=n??(r.exp?new Date(r.exp*1e3).toISOString():void 0),a=o===void 0?void 0:this.#e.until(o);if(a!==void 0)return Math.max(0,a);if(!r.exp||!r.iat)return;let s=(r.exp-r.iat)*1e3,u=i===void 0?0:Date.now()-i;return u<0?s:Math.max(0,s-u)}async#m(){switch(await this.#p(),this.#u=this.#d(),this.#u){case"access":return{type:"AUTHENTICATE",token:this.#n.accessToken};case"refresh":return{type:"REFRESH_TOKEN",refreshToken:this.#n.refreshToken};case"token":return{type:"AUTHENTICATE",token:await this.#y()};case"login":return{type:"LOG_IN",...this.#g()};case"signUp":return this.#s++,{type:"SIGN_UP",...this.#t.signUp}}}#d(){let{accessToken:t,refreshToken:n}=this.#n;if(t!==void 0&&t!==this.#o&&(!n||(this.#h()??1/0)>ol))return"access";if(n)return"refresh";if(this.#t.token!==void 0)return"token";if(this.#t.signUp&&!this.#a)return"signUp";if(this.#g())return"login";throw this.#t.session?new St("the session has ended: log in again"):new St("pass token, login, signUp or session")}async#f(t){let{session:n}=this.#t;return n?.exclusive?n.exclusive(async()=>{let i=await t();return await this.#r,i}):t()}async#p(){await this.#r;let t=await this.#t.session?.load(),n=!this.#i;return this.#i=!0,n&&(this.#n={...t}),n||!t?.accessToken||t.accessToken===this.#n.accessToken||t.refreshToken===this.#n.refreshToken?!1:(this.#n={...t},!0)}#b(t){this.#r=this.#t.session?.save(t)}#g(){let{login:t,signUp:n}=this.#t;return t??(n&&this.#a?{username:n.username,password:n.password}:void 0)}async#y(){let{token:t}=this.#t;return typeof t=="function"?t():t}};function al(e){try{return JSON.parse(atob(e.split(".")[1].replaceAll("-","+").replaceAll("_","/")))}catch{return{}}}var hn=class{#t;#e=[];#n=[];#i=new Map;#r=new Map;constructor(t){this.#t=t}use(t){this.#e.push(t)}route(t,n){let i={pattern:t,handler:n};return this.#n.push(i),()=>{this.#n.splice(this.#n.indexOf(i),1)}}dispatch(t){if(this.#t.isOwn(t.message))return;let{id:n}=t.chat,i=(this.#i.get(n)??Promise.resolve()).then(()=>this.#o(t));this.#i.set(n,i),i.then(()=>this.#i.get(n)===i&&this.#i.delete(n))}async#o({chat:t,message:n,missed:i}){let r=[],a={chat:t,message:n,missed:i,reply:s=>{let u=typeof s=="string"?{content:s}:s,h=t.send({replyTo:n.id,...u,id:Lr(n.id,r.length+1)});return r.push(h),h.catch(()=>{}),h}};try{await this.#s(a,0),await Promise.all(r)}catch(s){let u=s instanceof Q?s:new Q("a message handler failed",{cause:s});this.#t.problem(u)}this.#a(t,n.seq)}async#s(t,n){let i=this.#e[n];if(i)return void await i(t,()=>this.#s(t,n+1));for(let{pattern:r,handler:o}of[...this.#n]){r.lastIndex=0;let a=r.exec(t.message.content);a&&await o({...t,match:a})}}#a(t,n){if(!this.#t.markHandled)return;let i=this.#r.has(t.id);this.#r.set(t.id,Math.max(n,this.#r.get(t.id)??0)),i||this.#c(t)}async#c(t){for(let n=0;n<this.#r.get(t.id);){let i=this.#r.get(t.id);await this.#t.markHandled?.(t,i).catch(()=>{}),n=i}this.#r.delete(t.id)}};var mn=class{#t=new Map;#e=new Set;#n=!1;on(t,n){let i=this.#t.get(t)??new Set;return this.#t.set(t,i),i.add(n),()=>this.off(t,n)}off(t,n){this.#t.get(t)?.delete(n)}async once(t,n=()=>!0){for await(let i of this.events(t))if(n(i))return i;throw new Error(`the client was closed before ${String(t)}`)}events(t){let n=[],i=()=>{},r=this.#n,o=this.on(t,s=>{n.push(s),i()}),a=()=>{r=!0,o(),this.#e.delete(a),i()};return this.#e.add(a),{[Symbol.asyncIterator](){return this},async next(){for(;n.length===0&&!r;)await new Promise(s=>i=s);return n.length>0?{value:n.shift(),done:!1}:{value:void 0,done:!0}},async return(){return n.length=0,a(),{value:void 0,done:!0}}}}emit(t,n){for(let i of[...this.#t.get(t)??[]])try{i(n)}catch(r){queueMicrotask(()=>{throw r})}}endLoops(){this.#n=!0;for(let t of[...this.#e])t()}};var Wr=1e4,pn=class{#t;#e;#n;#i=new Ee;#r=!1;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}watchTyping({chatId:t,user:n,typing:i,expiresAt:r}){let o=`typing ${t} ${n.id}`;if(!i)return this.#i.clear(o);let a=r===void 0?void 0:this.#e.until(r);this.#i.set(o,Math.min(a??Wr,Wr),()=>{this.#t.rooms.get(t)?.typing.delete(n.id)&&this.#n(t)})}watchMute(t){if(this.#r)return;let n=`mute ${t}`,i=this.#t.rooms.get(t)?.chat.mutedUntil,r=i===void 0?void 0:this.#e.until(i);if(r===void 0)return this.#i.clear(n);if(r>0)return this.#i.set(n,Math.ceil(r),()=>this.watchMute(t));let o=this.#t.rooms.get(t),{mutedUntil:a,...s}=o.chat;o.chat={...s,muted:!1},this.#n(t)}clear(){this.#i.clearAll()}end(){this.#r=!0,this.clear()}};function Yr(e){let t=globalThis,n=()=>t.document?.visibilityState==="visible"&&e(),i=[[t,"online",e],[t,"offline",e],[t,"pageshow",e],[t.document,"visibilitychange",n]];for(let[r,o,a]of i)r?.addEventListener?.(o,a);return()=>{for(let[r,o,a]of i)r?.removeEventListener?.(o,a)}}var fn=class{#t;#e;#n=new Map;#i=new Map;#r=new Set;#o=Promise.resolve();#s=0;#a;constructor(t,n){this.#t=n,this.#e=t;let i=t?.load()??[];i instanceof Promise?this.#f(i.then(r=>this.#c(r))):this.#c(i)}async start(){await this.#o;for(let{chatId:t}of this.#n.values())this.#l(t)}of(t){return[...this.#n.values()].filter(n=>n.chatId===t)}send(t,n){if(this.#a)return Promise.reject(this.#a);let i=new Promise((o,a)=>this.#i.set(n.id,[...this.#i.get(n.id)??[],{resolve:o,reject:a}])),r=this.#n.get(n.id);if(!r||r.error){let o={id:n.id,chatId:t,message:n,createdAt:new Date().toISOString()};this.#n.set(o.id,o),this.#d(a=>a.put(o)),this.#t.changed(t)}return this.#l(t),i}retry(t){let n=this.#n.get(t);n?.error&&(delete n.error,this.#t.changed(n.chatId),this.#l(n.chatId))}drop(t){let n=this.#n.get(t);n?.error&&this.#h(n)}end(t){this.#a=t;for(let n of this.#i.keys())this.#m(n,i=>i.reject(t))}saved(){return this.#o}#c(t){let n=[...this.#n.values()];this.#n.clear();for(let i of[...t,...n])this.#n.set(i.id,i);for(let{chatId:i}of t)this.#t.changed(i)}async#l(t){if(!this.#r.has(t)){this.#r.add(t),await this.#o;for(let n;(n=this.of(t).find(i=>!i.error))&&await this.#u(n););this.#r.delete(t)}}async#u(t){try{let n=await this.#t.send({type:"SEND_MESSAGE",chatId:t.chatId,message:t.message});return this.#h(t),this.#m(t.id,i=>i.resolve(n.message)),!0}catch(n){return n instanceof rt?(t.error=n,this.#d(i=>i.remove(t.id)),this.#t.changed(t.chatId),this.#m(t.id,i=>i.reject(n)),!0):!(n instanceof Et)}}#h(t){this.#n.delete(t.id),this.#d(n=>n.remove(t.id)),this.#t.changed(t.chatId)}#m(t,n){this.#i.get(t)?.forEach(n),this.#i.delete(t)}#d(t){let n=this.#e;if(!n)return;let i=this.#s?this.#o.then(()=>t(n)):t(n);i instanceof Promise&&this.#f(i)}#f(t){this.#s++;let n=i=>this.#t.problem(new Q("the outbox store failed",{cause:i}));this.#o=t.catch(n).finally(()=>this.#s--)}};var Jr=5,sl=8,gn=class{#t;#e;#n=!1;#i=!1;#r=!1;constructor(t,n){this.#t=t,this.#e=n}get isStale(){return this.#n||this.#r||this.#a().length>0}missedPresence(){this.#r=!0}async run(){if(this.#i=!0,!this.#n){this.#n=!0;for(let t=0;this.#i&&t<Jr;t++)this.#i=!1,await this.#o().catch(()=>{});this.#n=!1,this.#e.changed("")}}async#o(){this.#r&&await this.#l();for(let t=0;t<Jr&&this.#a().length>0;t++)await this.#c()}async addChat(t){let{chat:n}=await this.#e.ask({type:"GET_CHAT",chatId:t});n.myRole&&!this.#t.rooms.has(n.id)&&this.#t.add(n),this.#t.refresh(n),this.#e.changed(n.id)}async#s(t){let{chat:n}=await this.#e.ask({type:"GET_CHAT",chatId:t});this.#t.refresh(n),this.#e.changed(n.id)}#a(){return[...this.#t.rooms.values()].filter(({stale:t})=>t)}async#c(){if(this.#a().length>sl){let t;do{let n=await this.#e.ask({type:"GET_CHATS",limit:200,cursor:t});for(let i of n.chats)this.#t.refresh(i);t=n.nextCursor}while(t!==void 0)}for(let{id:t}of this.#a())await Zr(this.#s(t))}async#l(){this.#r=!1;let t=[...this.#t.rooms.values()],n=t.flatMap(({chat:i})=>i.peer?[i.peer.id]:[]);for(let i=0;i<n.length;i+=100)await this.#u({userIds:n.slice(i,i+100)});for(let{id:i,members:r}of t)r&&await Zr(this.#u({chatId:i}))}async#u(t){let{presences:n}=await this.#e.ask({type:"GET_PRESENCE",...t});for(let{userId:i,status:r,lastSeenAt:o}of n){let a=this.#t.users.get(i);a&&this.#t.updatePresence(a,r,o)}}};async function Zr(e){try{await e}catch(t){if(!(t instanceof rt))throw t}}var Qr=new Set(["CHAT_UPDATED","HISTORY_TRIMMED","HOLD_CHANGED","MEMBERS_ADDED","MEMBERS_REMOVED","MEMBER_BANNED","MEMBER_UNBANNED","MEMBER_UPDATED","MESSAGE_DELETED","MESSAGE_EDITED","MESSAGE_PINNED","MESSAGE_UNPINNED","NEW_CHAT","NEW_MESSAGE","REACTION_ADDED","REACTION_REMOVED"]);var Ti=new Set(["AUTHENTICATE","GET_API_TOKENS","GET_AUDIT_LOG","GET_BOTS","GET_CHAT","GET_CHATS","GET_CHAT_HISTORY","GET_FILE","GET_ME","GET_MEMBERS","GET_MENTIONS","GET_MESSAGE","GET_PRESENCE","GET_SESSIONS","GET_SETTINGS","GET_STATS","GET_USER","GET_USERS","HELP","PING","SEARCH_MESSAGES","SET_PRESENCE","SYNC"]),Xr=new Set(["CREATE_CHAT","SEND_MESSAGE"]),to=new Set(["APPEND_STREAM","CREATE_API_TOKEN","EXPORT_MY_DATA","LOG_IN","LOG_OUT","REFRESH_TOKEN","SET_TYPING","SIGN_UP","START_STREAM","STOP_STREAM"]);var ro=new Set(["MARK_READ","MARK_DELIVERED"]),ll=8,eo=250,cl=3e4;function oo(e){let{id:t,message:n}=e;return Xr.has(e.type)&&(t??n?.id)!==void 0}function ul(e){let{opId:t,seq:n}=e,i=Ti.has(e.type)||oo(e)||ro.has(e.type)&&n!==void 0;return t!==void 0||i||to.has(e.type)?e:{...e,opId:Vt()}}function dl(e){let{type:t,opId:n}=e;return t==="DELETE_ACCOUNT"?!1:Ti.has(t)||ro.has(t)||oo(e)||n!==void 0}var no=e=>e.sort((t,n)=>Number(t.id)-Number(n.id)),bn=class{#t;#e=!1;#n={frameBytes:4096,commandsPerSecond:0,commandBurst:0};#i=0;#r=0;#o;#s=0;#a;#c=[];#l=new Map;open(t,n){this.#t=t,this.#n=n,this.#i=n.commandBurst,this.#r=Date.now(),this.#d()}ready(){this.#e=!0,this.#d()}lost(){this.#t=void 0,this.#e=!1,clearTimeout(this.#o),this.#o=void 0;let t=[...this.#l.values()];this.#l.clear();let n=r=>r.repeatable===!0&&!r.urgent,i=[...t.filter(r=>!n(r)),...this.#c.filter(({urgent:r})=>r)];this.#c=no([...t.filter(n),...this.#c.filter(({urgent:r})=>!r)]);for(let r of i){let o=new He(`the connection ended before ${r.command.type} was answered`);this.#g(r,()=>r.reject(o))}}end(t){this.#a=t,this.lost();for(let n of this.#c.splice(0))this.#g(n,()=>n.reject(t))}ask(t,n={}){return this.#a?Promise.reject(this.#a):new Promise((i,r)=>{let o=String(++this.#s),a=ul(t),s={repeatable:dl(a),...n,id:o,command:a,attempts:0,resolve:i,reject:r},{timeoutMs:u}=n;u!==void 0&&(s.timer=setTimeout(()=>this.#b(s,u),u)),n.urgent?this.#c.unshift(s):this.#c.push(s),this.#d()})}commandOf(t){return this.#l.get(io(t))?.command}answer(t){let n=this.#l.get(io(t));return n?(this.#l.delete(n.id),t.type!=="ERROR"?this.#g(n,()=>n.resolve(t)):this.#u(n,t.code)?this.#h(n,t.retryAfterMs):this.#g(n,()=>n.reject(new rt(t))),!0):!1}#u(t,n){return t.urgent&&t.command.type!=="SYNC"?!1:n==="RATE_LIMITED"?!0:n==="UNAVAILABLE"&&t.repeatable===!0&&t.attempts<ll}#h(t,n=eo){this.#c=no([t,...this.#c]);let i=t.attempts>1?Math.min(eo*2**t.attempts,cl)*Math.random():0;clearTimeout(this.#o),this.#m(Math.max(n,i))}#m(t){this.#o=setTimeout(()=>{this.#o=void 0,this.#d()},t)}#d(){for(;this.#t&&!this.#o;){let t=this.#c.findIndex(n=>this.#e||n.urgent);if(t<0||!this.#f())return;this.#p(this.#c.splice(t,1)[0])}}#f(){let{commandsPerSecond:t,commandBurst:n}=this.#n;if(!t)return!0;let i=Date.now(),r=Math.max(0,i-this.#r)/1e3;return this.#i=Math.min(Math.max(n,1),this.#i+r*t),this.#r=i,this.#i>=1?(this.#i--,!0):(this.#m(Math.ceil((1-this.#i)/t*1e3)),!1)}#p(t){let n=JSON.stringify({...t.command,requestId:t.id}),i=this.#n.frameBytes;if(n.length*3>i&&new TextEncoder().encode(n).length>i){let r=`more than ${i} bytes`,o=new rt({code:"TOO_LARGE",error:r,command:t.command.type});return this.#g(t,()=>t.reject(o))}t.attempts++,this.#l.set(t.id,t),this.#t?.(n)}#b(t,n){this.#c=this.#c.filter(i=>i!==t),this.#l.delete(t.id),t.reject(new ae(`${t.command.type} was not answered within ${n} ms`))}#g(t,n){clearTimeout(t.timer),n()}},io=e=>String(e.requestId);var hl=100;function Ai(e,t,n){let i=fl[t.type];i&&(i(e,t,n),e.touched.add("chatId"in t&&typeof t.chatId=="string"?t.chatId:""))}function Tt(e,t){let n=e.rooms.get(t.chatId);if(n)return n.position=Math.max(n.position,t.seq),n.chat={...n.chat,seq:Math.max(n.chat.seq,t.seq)},n}function co(e,t,n){let i=Tt(e,t);if(i){if(n.includes(e.myId))return e.remove(t.chatId);i.chat.memberCount-=n.length;for(let r of n){for(let o of i.memberLists)o.delete(r);i.typing.delete(r);for(let o of i.streams.values())o.sender.id===r&&Mi(i,o.id)}}}function ml(e,t){let n=e.rooms.get(t.chatId),i=t.userId===e.myId||!n?.members||n.members.has(t.userId);co(e,t,i?[t.userId]:[]),n?.members||Ci(e,t)}function ao(e,t){let n=Tt(e,t),i=n&&Be(n,t.messageId);if(!n||!i)return;let r=Ur(i,t,e.myId),o={...i,reactions:r,updatedSeq:Math.max(i.updatedSeq,t.seq)};Ft(n,o),n.chat.lastMessage?.id===o.id&&(n.chat.lastMessage=o)}function so(e,t){let n=Tt(e,t);n&&(n.chat.pinned=t.pinned)}function Ci(e,t){let n=Tt(e,t);n&&(n.stale=!0)}function Mi(e,t){e.streams.delete(t),e.endedStreams.add(t);let[n]=e.endedStreams;e.endedStreams.size>hl&&e.endedStreams.delete(n)}function pl(e,{chatId:t,message:n}){let i=e.rooms.get(t);!i||i.streams.has(n.id)||(i.endedStreams.delete(n.id),i.changedStreams.add(n.id),i.streams.set(n.id,{...n,nextIndex:0}))}function lo(e,t,n){let i=e.rooms.get(t.chatId),r=i?.streams.get(t.messageId);!i||!r||t.index!==(r.nextIndex??0)||(i.changedStreams.add(r.id),i.streams.set(r.id,{...r,content:r.content+n,nextIndex:t.index+1}))}function uo(e,t){let n=e.rooms.get(t.chatId);if(!n||n.endedStreams.has(t.messageId))return!1;let i=n.streams.get(t.messageId);return!i||t.index>(i.nextIndex??0)}var fl={AUTHENTICATED:(e,{user:t})=>{e.me=t,e.updateUser(t)},BOT_DELETED:(e,{userId:t})=>e.forgetUser(t),ACCOUNT_DELETED:(e,{userId:t})=>e.forgetUser(t),USER:(e,{user:t})=>e.updateUser(t),USER_UPDATED:(e,{user:t})=>e.updateUser(t),PRESENCE:(e,{user:t,status:n,lastSeenAt:i})=>e.updatePresence(t,n,i),SETTINGS:(e,{settings:t})=>{e.settings=t},NEW_CHAT:(e,{chat:t,seq:n,duplicate:i})=>{e.add(t,i?t.seq:n)},CHAT_UPDATED:(e,t)=>{let n=Tt(e,t);n&&se(n,t.chat,e.myId)},CHAT_DELETED:(e,{chatId:t})=>e.remove(t),CHAT_MUTED:(e,{chatId:t,muted:n,until:i})=>{let r=e.rooms.get(t);if(!r)return;let{mutedUntil:o,...a}=r.chat;r.chat={...a,muted:n,...i!==void 0&&{mutedUntil:i}}},CHAT_MARKED_UNREAD:(e,{chatId:t,unreadFromSeq:n})=>{let i=e.rooms.get(t);i&&(i.chat={...i.chat,unreadFromSeq:n})},MEMBERS_ADDED:(e,t)=>{for(let{user:r}of t.members)e.updateUser(r);let n=t.chat!==void 0&&!e.rooms.has(t.chatId);t.chat&&e.add(t.chat,t.seq);let i=Tt(e,t);if(i){n||(i.chat.memberCount+=t.members.length);for(let r of t.members)for(let o of i.memberLists)o.set(r.user.id,{...r})}},MEMBERS_REMOVED:(e,t)=>co(e,t,t.userIds),MEMBER_BANNED:ml,MEMBER_UNBANNED:Tt,MEMBER_UPDATED:(e,t)=>{let n=Tt(e,t);for(let i of n?.memberLists??[]){let r=i.get(t.userId);r&&(r.role=t.role)}n&&t.userId===e.myId&&(n.chat.myRole=t.role)},NEW_MESSAGE:(e,t)=>{let{message:n,chat:i}=t;if(i&&!e.rooms.has(i.id))return Ft(e.add(i,t.seq-1),n),void Tt(e,t);let r=Tt(e,t);r&&(Mi(r,n.id),r.typing.delete(n.sender.id),Ft(r,n),jr(r,n,e.myId),ve(r))},MESSAGE_EDITED:(e,t)=>{let n=Tt(e,t);if(!n)return;let i=Be(n,t.message.id),r=ki(t.message,i);Ft(n,r),Fr(n,i,r,e.myId)},MESSAGE_DELETED:(e,t)=>{let n=Tt(e,t);if(!n)return;let i=Be(n,t.messageId);Ft(n,t.message),n.chat.pinned=t.pinned??n.chat.pinned.filter(r=>r!==t.messageId),Hr(n,i,t.message,e.myId)},REACTION_ADDED:ao,REACTION_REMOVED:ao,MESSAGE_PINNED:so,MESSAGE_UNPINNED:so,HISTORY_TRIMMED:Ci,HOLD_CHANGED:Ci,MESSAGE_READ:(e,{chatId:t,userId:n,seq:i})=>e.mark(t,n,{readSeq:i}),MESSAGE_DELIVERED:(e,{chatId:t,userId:n,seq:i})=>e.mark(t,n,{deliveredSeq:i}),TYPING:(e,{chatId:t,user:n,typing:i})=>{let r=e.rooms.get(t);i&&n.id!==e.myId?r?.typing.set(n.id,n):r?.typing.delete(n.id)},STREAM_STARTED:pl,MESSAGE_CHUNK:(e,t)=>lo(e,t,t.content),STREAM_APPENDED:(e,t,n)=>{n?.type==="APPEND_STREAM"&&n.content&&lo(e,t,n.content)},STREAM_STOPPED:(e,{chatId:t,messageId:n},i)=>{let r=i?.type==="STOP_STREAM"?void 0:e.rooms.get(t);r&&Mi(r,n)}};function Ii(e){return(e.type==="NEW_CHAT"||e.type==="MEMBERS_ADDED"||e.type==="NEW_MESSAGE")&&e.chat!==void 0}var ho=500,yn=class{#t;#e;#n;#i=[];#r=new Set;#o=!1;#s=!0;#a=0;#c;#l=new Map;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}lost(){this.#a++,this.#i=[],this.#r.clear(),this.#o=!1}take(t,n){let{cursor:i}=t;if(t.type==="AUTHENTICATED"&&(this.#c??=i),t.type==="LAGGED")return this.#h(t);t.type==="CHAT_DELETED"&&(this.#i=this.#i.filter(({chatId:r})=>r!==t.chatId)),t.type==="MESSAGE_CHUNK"&&uo(this.#t,t)&&this.#d(t.chatId),Qr.has(t.type)?this.#u(t):this.#k(t,n)}async catchUp(){this.#o=!0;let t=this.#a,n=[...this.#t.rooms.values()].map(({id:i,position:r})=>[i,r]);for(let i=0;i===0||i<n.length;i+=ho)await this.#p(Object.fromEntries(n.slice(i,i+ho)),t);t===this.#a&&(this.#o=this.#s=!1,this.#w())}#u(t){let n=this.#t.rooms.get(t.chatId);if(t.duplicate&&(n||!Ii(t)))return this.#e.applied(t);if(this.#o||this.#r.has(t.chatId))return void this.#i.push(t);if(n?t.seq===n.position+1:Ii(t))return this.#k(t);n&&t.seq<=n.position||(this.#i.push(t),this.#m(t.chatId,t.seq))}#h({chatId:t,toSeq:n}){if(this.#e.lagged(),t!==void 0&&n!==void 0)return this.#m(t,n);this.#o||this.#f(this.catchUp())}#m(t,n){let i=this.#t.rooms.get(t);(!i||n>i.position)&&this.#d(t)}#d(t){if(this.#o||this.#r.has(t))return;this.#r.add(t);let n=this.#a,i=this.#t.rooms.get(t)?.position,r=this.#p(i===void 0?{}:{[t]:i},n).then(()=>{n===this.#a&&(this.#r.delete(t),this.#w())});this.#f(r)}#f(t){let n=this.#a;t.catch(i=>n===this.#a&&this.#e.failed(i))}async#p(t,n){for(let i=t;i;){for(let o of Object.keys(i))this.#t.rooms.get(o)?.changedStreams.clear();let r=await this.#e.sync(i,this.#c);if(n!==this.#a)return;i=this.#b(r,i)}}#b(t,n){t.removedChatIds.forEach(r=>this.#t.remove(r)),t.users?.forEach(r=>this.#t.updateUser(r)),t.settings&&Ai(this.#t,{type:"SETTINGS",settings:t.settings}),this.#c=t.cursor??this.#c;let i={};for(let r of t.newChats)this.#t.rooms.has(r.id)||this.#g(r,t,i);for(let r of t.chats)this.#y(r),r.more&&(i[r.chatId]=r.seq);for(let r of t.pending??[])i[r]=this.#t.rooms.get(r)?.position??n[r]??0;return Object.keys(i).length>0?i:void 0}#g({streams:t,...n},{streams:i},r){let a=(!this.#s||this.#n)&&(n.unreadCount??0)>0?Math.min(n.readSeq??n.seq,n.seq):n.seq,s=this.#t.add(n,a);this.#s||this.#e.applied({type:"NEW_CHAT",chatId:n.id,seq:n.seq,chat:n});let u=t??i?.filter(({chatId:h})=>h===n.id);for(let h of u??[])s.streams.set(h.id,h);(a<n.seq||!u)&&(r[n.id]=a)}#y(t){let n=t.reset?1/0:this.#t.rooms.get(t.chatId)?.position??1/0,i=this.#l.get(t.chatId)??{since:n,messages:new Map};this.#t.applySynced(t);for(let o of t.messages)o.seq>i.since&&i.messages.set(o.id,o);if(t.more)return void this.#l.set(t.chatId,i);this.#l.delete(t.chatId);let r=[...i.messages.values()].filter(({deletedAt:o})=>!o);this.#e.caughtUp(r.sort((o,a)=>o.seq-a.seq))}#w(){let t=this.#i;this.#i=[];for(let n of t)(this.#t.rooms.has(n.chatId)||Ii(n))&&this.#u(n)}#k(t,n){Ai(this.#t,t,n),this.#e.applied(t)}};var gl=1e3,wn=class{me;settings;rooms=new Map;users=new Map;touched=new Set;#t;constructor(t=gl){this.#t=t}get myId(){return this.me?.id??""}applySynced(t){let n=this.rooms.get(t.chatId);if(!n)return;this.touched.add(n.id);let i=t.reset?this.#i(n,t.chat??n.chat):n,r=i.chat.seq;t.chat&&se(i,t.chat,this.myId),t.members&&this.#r(i,t.members,t.membersTruncated===!0);for(let o of t.messages)Ft(i,o);for(let{userId:o,...a}of t.marks)this.#o(i,o,a);i.position=Math.max(i.position,t.seq),i.chat={...i.chat,seq:Math.max(i.chat.seq,i.position)},_r(i,t.streams),t.viewer&&Dr(i,t.viewer),i.stale||=t.seq>r&&!(t.chat&&!t.more),ve(i)}add(t,n=t.seq){let i=this.rooms.get(t.id);if(i)return t.seq===i.position?se(i,t,this.myId):i.stale=!0,i;let r=new Fe(t,n,this.#t,this.myId);return this.rooms.set(t.id,r),t.peer&&this.updateUser(t.peer),this.touched.add(t.id),r}remove(t){this.rooms.delete(t)&&this.touched.add(t)}refresh(t){let n=this.rooms.get(t.id);!n||t.seq!==n.position||(se(n,t,this.myId),t.peer&&this.updateUser(t.peer),n.stale=!1,this.touched.add(t.id))}#e(t){return(this.users.get(t.id)?.version??0)>(t.version??1/0)?!1:(this.users.set(t.id,t),!0)}updateUser(t){this.#n(t,!0)}updatePresence({lastSeenAt:t,...n},i,r){let o={...n,status:i,...r!==void 0&&{lastSeenAt:r}},a=this.users.get(o.id);if(a&&(a.version??0)>(o.version??1/0)){let{lastSeenAt:s,...u}=a,{status:h,lastSeenAt:d}=o;return this.#n({...u,status:h,...d!==void 0&&{lastSeenAt:d}},!1)}this.#n(o,a?.username!==o.username||a?.displayName!==o.displayName)}#n(t,n){if(!this.#e(t))return;t.id===this.me?.id&&(this.me={...t,...this.me.email!==void 0&&{email:this.me.email}});let{id:i,username:r,displayName:o,kind:a}=t,s={id:i,username:r,displayName:o,kind:a};for(let u of this.rooms.values())bl(u,t,n?s:void 0)&&this.touched.add(u.id)}forgetUser(t){let n=this.users.get(t),r={username:`deleted-${[...t.replace(/[\W_]/g,"").slice(-8)].reverse().join("")}`,displayName:"Deleted account"},{avatarUrl:o,lastSeenAt:a,...s}=n??{id:t,kind:"human",createdAt:""},u=(n?.version??0)+1;this.updateUser({...s,...r,role:"member",status:"offline",version:u})}mark(t,n,i){let r=this.rooms.get(t);r&&this.#o(r,n,i)}#i(t,n){let i=new Fe(n,0,t.keep,this.myId);return t.members&&(i.members=t.members),this.rooms.set(t.id,i),i}#r(t,n,i){for(let{user:r}of n)this.updateUser(r);t.members&&(i?delete t.members:t.members=new Map(n.map(r=>[r.user.id,r])))}#o(t,n,{readSeq:i=0,deliveredSeq:r=0}){for(let o of t.memberLists){let a=o.get(n);a&&(a.readSeq=Math.max(a.readSeq,i),a.deliveredSeq=Math.max(a.deliveredSeq,r,i))}n===this.me?.id&&i&&Br(t,i,n)}};function bl(e,t,n){let{email:i,...r}=t,o=!1;for(let u of e.memberLists){let h=u.get(t.id);h&&(u.set(t.id,{...h,user:r}),o=!0)}if(e.chat.peer?.id===t.id&&(e.chat={...e.chat,peer:r},o=!0),e.typing.has(t.id)&&e.typing.set(t.id,r),!n)return o;let a=({sender:{id:u,username:h,displayName:d}})=>u===t.id&&(h!==t.username||d!==t.displayName),s=u=>a(u)?{...u,sender:{...n,kind:u.sender.kind}}:u;e.messages.some(a)&&(e.messages=e.messages.map(s),o=!0),e.chat.lastMessage&&a(e.chat.lastMessage)&&(e.chat={...e.chat,lastMessage:s(e.chat.lastMessage)},o=!0);for(let[u,h]of e.streams)e.streams.set(u,s(h));return o}var Ue=class extends mn{state;outbox;#t;#e=new sn;#n=new bn;#i;#r;#o;#s;#a;#c;#l=new Map;#u=[];#h=!1;#m=!1;#d=!1;#f;constructor(t){super(),this.#t=t,this.#f=t.replayUnread?[]:void 0,this.state=new wn(t.keepMessages);let n=r=>this.touch(r),i=r=>this.emit("problem",r);this.outbox=new fn(t.outbox,{send:r=>this.command(r),changed:n,problem:i}),this.#s=new dn(t,this.#e),this.#r=new gn(this.state,{ask:this.command,changed:n}),this.#o=new pn(this.state,this.#e,n),this.#c=new hn({isOwn:({sender:r})=>r.id===this.state.me?.id,...t.replayUnread&&{markHandled:(r,o)=>r.read(o)},problem:i}),this.#i=this.#p(),this.#a=this.#b(t)}start(){let t=new Promise((n,i)=>{let r=this.on("status",o=>{if(o.phase==="online")n();else if(o.phase==="closed")i(o.reason??new Et("the client was closed"));else return;r()});this.status.phase==="online"&&n()});if(this.#u.length===0){this.#u.push(Yr(()=>this.wake()));let n=this.#t.session?.subscribe?.(()=>this.#a.sessionChanged());n&&this.#u.push(n)}return this.#a.start(),t}get status(){return this.#a.status}get lastError(){return this.#a.lastError}get me(){if(!this.state.me)throw new Q("the client is not connected yet");return this.state.me}get chats(){return[...this.state.rooms.keys()].map(t=>this.#S(t))}get isRefreshing(){return this.#r.isStale}chat(t){let n=this.state.rooms.get(t)??this.#C(t);if(!n)throw new Q(`you are not in the chat ${t}: join it`);return this.#S(n.id)}room(t){let n=this.state.rooms.get(t);if(!n)throw new Q(`you are not in the chat ${t}`);return n}command=((t,n)=>this.#n.ask(t,n));async join(t){let n=await this.command({type:"JOIN_CHAT",chatId:t});return this.state.rooms.has(n.chatId)||await this.#r.addChat(n.chatId),this.chat(n.chatId)}async create(t){let n=await this.command({type:"CREATE_CHAT",id:Vt(),...t});return this.chat(n.chatId)}async direct(t){let n=await this.command({type:"CREATE_CHAT",kind:"direct",members:[t]},{repeatable:!0});return this.chat(n.chatId)}use(t){return this.#c.use(t),this}onMessage(t,n){let i=n?this.#c.route(t,n):this.#c.route(/^/,t);return this.#m||this.on("message",r=>this.#c.dispatch(r)),this.#m=!0,i}on(t,n){return t==="message"&&this.#f&&queueMicrotask(()=>this.#k()),super.on(t,n)}async logOut(t=!1){await this.command({type:"LOG_OUT",everywhere:t}),this.#s.forget(),this.emit("session",void 0),await this.close()}wake(){this.#a.wake()}async close(){await this.#a.close(),await this.outbox.saved()}touch(t){this.state.touched.add(t),!this.#h&&(this.#h=!0,queueMicrotask(()=>{this.#h=!1;let n=new Set(this.state.touched);this.state.touched.clear();for(let i of n)this.#o.watchMute(i);this.emit("change",n)}))}#p(){let n={sync:(i,r)=>{let o={type:"SYNC",chats:i,...r!==void 0&&{cursor:r}};return this.#n.ask(o,{urgent:!0})},applied:i=>this.#g(i),caughtUp:i=>this.#y(i),lagged:()=>this.#r.missedPresence(),failed:i=>this.#a.restart(i)};return new yn(this.state,n,this.#t.replayUnread===!0)}#b(t){return new un(t,this.#s,{requests:this.#n,clock:this.#e,log:t.log??(()=>{}),receive:(n,i)=>this.#i.take(n,i),catchUp:()=>this.#i.catchUp(),lost:()=>this.#v(),status:n=>this.#x(n),problem:n=>this.emit("problem",n)})}#g(t){t.type==="AUTHENTICATED"&&(this.#s.accepted(t),this.emit("session",t)),t.type==="TYPING"&&this.#o.watchTyping(t),this.touch(""),this.emit("frame",t),this.emit(t.type,t),t.type==="NEW_MESSAGE"&&!t.duplicate&&this.#w(t.message,!1),this.#r.run()}#y(t){this.touch("");for(let n of t)this.#w(n,!0);this.#r.run()}#w(t,n){if(!this.state.rooms.has(t.chatId))return;let i={chat:this.#S(t.chatId),message:t,missed:n};this.#f?this.#f.push(i):this.emit("message",i)}#k(){let t=this.#f??[];this.#f=void 0;for(let n of t)this.emit("message",n)}#v(){this.#n.lost(),this.#i.lost(),this.#o.clear();for(let t of this.state.rooms.values())t.typing.clear(),t.streams.clear(),this.touch(t.id)}#x(t){if(t.phase==="online"&&this.#E(),t.phase==="closed"){let n=t.reason??new Et("the client was closed");this.#n.end(n),this.outbox.end(n),this.#o.end();for(let i of this.#u.splice(0))i()}this.emit("status",t),this.touch(""),t.phase==="closed"&&this.endLoops()}#E(){this.outbox.start(),this.#d&&this.#r.missedPresence(),this.#d=!0,this.#r.run()}#S(t){let n=this.#l.get(t)??new an(this,t);return this.#l.set(t,n),n}#C(t){if(!t.startsWith("#"))return;let n=t.slice(1).toLowerCase();return[...this.state.rooms.values()].find(({chat:i})=>i.kind==="channel"&&i.name.toLowerCase()===n)}};var Ni=15e3,mo=50,yl=50,Ri=e=>new Promise(t=>setTimeout(t,e)),kn=class{#t;#e;#n=Vt();#i=Promise.resolve();constructor(t,n){this.#t=t,this.#e=n}run(t){let n=this.#i.then(()=>this.#r(t));return this.#i=n.catch(()=>{}),n}async#r(t){let n=await this.#o(),i=setInterval(()=>{this.#s(n)},Ni/3);try{return await t()}finally{clearInterval(i),await this.#a(n)&&await this.#t.removeItem(this.#e)}}async#o(){for(;;){let t=await this.#c();if(t&&t.owner!==this.#n){await Ri(yl*(1+Math.random()));continue}let n=(t?.fence??0)+1;if(await this.#l(n),await Ri(mo*(1+Math.random())),!!await this.#a(n)&&(await Ri(mo),await this.#a(n)))return n}}async#s(t){await this.#a(t)&&await this.#l(t)}async#a(t){let n=await this.#c();return n?.owner===this.#n&&n.fence===t}async#c(){let t=vn(await this.#t.getItem(this.#e)),n=(t?.expiresAt??0)-Date.now();return n>0&&n<=Ni?t:void 0}async#l(t){let n={owner:this.#n,fence:t,expiresAt:Date.now()+Ni};await this.#t.setItem(this.#e,JSON.stringify(n))}};function vn(e){try{return JSON.parse(e??"null")??void 0}catch{return}}function Pi(e="pichat.session",t={}){let n=t.storage??localStorage,i=t.locks===void 0?globalThis.navigator?.locks:t.locks,r=new kn(n,`${e}.lock`),o=typeof BroadcastChannel>"u"?void 0:new BroadcastChannel(e);o?.unref?.();let a=()=>{let d=n.getItem(e);return d instanceof Promise?d.then(vn):vn(d)};return{load:a,save:d=>{let m=d?n.setItem(e,JSON.stringify(d)):n.removeItem(e),f=()=>o?.postMessage("saved");return m instanceof Promise?m.then(f):f()},exclusive:d=>i?i.request(e,d):r.run(d),subscribe:d=>{let m=async()=>await a()&&d(),f=p=>p.key===e&&m();return globalThis.addEventListener?.("storage",f),o?.addEventListener("message",m),()=>{globalThis.removeEventListener?.("storage",f),o?.removeEventListener("message",m)}}}}var fo={search:"M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM20 20l-4-4",plus:"M12 5v14M5 12h14",close:"M6 6l12 12M18 6L6 18",back:"M15 5l-7 7 7 7",down:"M12 5v14M6 13l6 6 6-6",send:"M4 12l16-8-6 16-3-7-7-1Z",clip:"M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.5 3.5 0 0 1 5 5l-8.500 8.500a2 2 0 0 1-3-3L14 7",reply:"M9 6L3 12l6 6M3 12h11a7 7 0 0 1 7 7",edit:"M4 20l1-4L16 5l3 3L8 19l-4 1ZM14 7l3 3",trash:"M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5",pin:"M12 15v6M8 3h8l-1 7 3 4H6l3-4-1-7Z",smile:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM8 14q4 4 8 0M9 9.500v.1M15 9.500v.1",mail:"M3 6h18v12H3ZM3 7l9 6 9-6",at:"M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM16 12v1.500a2.500 2.500 0 0 0 5 0V12a9 9 0 1 0-4 7.500",hash:"M9 4L7 20M17 4l-2 16M4 9h17M3 15h17",people:"M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M18 14.500c2.300.7 3.500 2.500 3.500 5.500",copy:"M9 9h11v11H9ZM5 15H4V4h11v1",ban:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM5.700 5.700l12.600 12.600",check:"M5 13l4.500 4.500L19 7",link:"M10 14a4 4 0 0 0 6 .5l3-3a4 4 0 0 0-5.700-5.700l-1.500 1.500M14 10a4 4 0 0 0-6-.5l-3 3a4 4 0 0 0 5.700 5.700l1.500-1.500",gear:"M12 15.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7ZM12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M5.300 18.700l2.100-2.100M16.600 7.400l2.100-2.100",bell:"M6 10a6 6 0 0 1 12 0c0 5 2 6 2 7H4c0-1 2-2 2-7ZM10 20.500h4",muted:"M6.500 8A6 6 0 0 1 18 10c0 2 .3 3.300.7 4.300M17 17H4c0-1 2-2 2-7M10 20.500h4M3 3l18 18",clock:"M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7v5.500l3.500 2",user:"M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.500 21c0-4.500 3.500-6.500 7.500-6.500s7.500 2 7.500 6.500"},po="http://www.w3.org/2000/svg";function Y(e){let t=document.createElementNS(po,"svg");t.setAttribute("viewBox","0 0 24 24"),t.setAttribute("aria-hidden","true");let n=document.createElementNS(po,"path");return n.setAttribute("d",fo[e]),t.append(n),t}var go=e=>e in fo;var wl=/[\u2066-\u2069]/g,kl=/\u2068([^\u2069]*)\u2069/g,R=e=>"⁨"+e.replace(wl,"")+"⁩";function bo(e){let t=[],n=0;for(let i of e.matchAll(kl))i.index>n&&t.push({text:e.slice(n,i.index),isolated:!1}),t.push({text:i[1],isolated:!0}),n=i.index+i[0].length;return n<e.length&&t.push({text:e.slice(n),isolated:!1}),t}function qe(e,t=90){let n=e.slice(0,t*8).replace(/\s+/g," ").trim(),i=[...n];return i.length>t?`${i.slice(0,t).join("")}…`:n}function yo(e){let t=0;for(let n of e)t++;return t}var dt=e=>e.message.replace(/^[A-Z_]+: /,"");var vl=new Set(["value","checked","open","selected"]);function c(e,t={},...n){let[i,...r]=e.split("."),o=document.createElement(i);r.length&&o.classList.add(...r);for(let[a,s]of Object.entries(t))s===void 0||s===!1||s===null||(typeof s=="function"?o.addEventListener(a.slice(2),s):vl.has(a)?Object.assign(o,{[a]:s}):o.setAttribute(a,s===!0?"":String(s)));return o.append(...n.filter(a=>a!==!1&&a!==null&&a!==void 0)),o}var O=e=>c("bdi",{},e),Z=e=>{let t=document.createDocumentFragment();return t.append(...bo(e).map(({text:n,isolated:i})=>i?O(n):n)),t};function X(e,t,n,i={}){return c("button.icon",{type:"button",title:t,"aria-label":t,onclick:n,...i},go(e)?Y(e):e)}function F(e,t,n=""){return c(n?`button.${n}`:"button",{type:"button",onclick:t},e)}var xl=0;function G(e,t={},n){let i=`field-${++xl}`,r=c("input",{id:i,type:"text",autocomplete:"off",dir:"auto","aria-describedby":n&&`${i}-hint`,...t}),o=n!==void 0&&c("small",{id:`${i}-hint`},n);return{element:c("div.field",{},c("label",{for:i},e),r,o),input:r}}var ut=e=>async t=>{t.preventDefault();let n=t.currentTarget;if(n.ariaBusy==="true")return;let i=[...n.querySelectorAll('[type="submit"]')];n.ariaBusy="true";for(let r of i)r.disabled=!0;try{await e()}finally{n.ariaBusy=null;for(let r of i)r.disabled=!1}};function Bt(e,t,n,i){let r=c("select",{onchange:()=>i(r.value)},...t.map(({value:o,label:a})=>c("option",{value:o},a)));return r.value=n,c("label.field",{},c("span",{},e),r)}function xn(e,t,n){let i=c("input",{type:"checkbox",checked:t,onchange:()=>n(i.checked)});return c("label.toggle",{},i,c("span",{},e))}var It=e=>navigator.languages.find(t=>t.split("-")[0]===e)??e;var El=new Intl.PluralRules("ar"),Li=new Intl.NumberFormat(It("ar"));function Kt(e,t){let n=El.select(e);return n==="one"||n==="two"?t[n]:`${Li.format(e)} ${n==="few"?t.few:n==="many"?t.many:t.other}`}var wo=e=>new Intl.ListFormat(It("ar")).format(e),ko={one:"رسالة غير مقروءة",two:"رسالتان غير مقروءتين",few:"رسائل غير مقروءة",many:"رسالة غير مقروءة",other:"رسالة غير مقروءة"},Sl={one:"إشارة غير مقروءة",two:"إشارتان غير مقروءتين",few:"إشارات غير مقروءة",many:"إشارة غير مقروءة",other:"إشارة غير مقروءة"},Tl={one:"رسالة غير مرسلة",two:"رسالتان غير مرسلتين",few:"رسائل غير مرسلة",many:"رسالة غير مرسلة",other:"رسالة غير مرسلة"},Cl={one:"عضو واحد",two:"عضوان",few:"أعضاء",many:"عضوًا",other:"عضو"},Ml={one:"رسالة واحدة",two:"رسالتان",few:"رسائل",many:"رسالة",other:"رسالة"},Al={one:"شخص واحد",two:"شخصان",few:"أشخاص",many:"شخصًا",other:"شخص"},Il={one:"حرف واحد",two:"حرفان",few:"أحرف",many:"حرفًا",other:"حرف"},vo={close:"إغلاق",cancel:"إلغاء",save:"حفظ",saved:"تم الحفظ.",add:"إضافة",remove:"إزالة",delete:"حذف",edit:"تعديل",open:"فتح",join:"انضمام",create:"إنشاء",search:"بحث",loading:"جارٍ التحميل…",loadMore:"تحميل المزيد",tryAgain:"إعادة المحاولة",discard:"تجاهل",nothingFound:"لا توجد نتائج.",name:"الاسم",nameOptional:"الاسم (اختياري)",username:"اسم المستخدم",someone:"شخص ما",you:"أنت",today:"اليوم",yesterday:"أمس",says:(e,t)=>`${e}: ${t}`,status:{online:"متصل",away:"بعيد",offline:"غير متصل"},roles:{owner:"مالك",admin:"مشرف",member:"عضو"},logInTabs:{logIn:"تسجيل الدخول",signUp:"إنشاء حساب",token:"استخدام رمز"},logInButtons:{logIn:"تسجيل الدخول",signUp:"إنشاء الحساب",token:"متابعة"},usernameOrEmail:"اسم المستخدم أو البريد الإلكتروني",password:"كلمة المرور",usernameRules:"من 3 إلى 32 من الأحرف اللاتينية أو الأرقام أو النقاط أو الشرطات",passwordRules:"8 أحرف على الأقل",displayNameOptional:"الاسم الظاهر (اختياري)",displayNameHint:"الاسم الذي يراه الآخرون",tokenLabel:"رمز API أو JWT",tokenHint:"للبوتات وللخدمات التي تسجّل دخول المستخدمين",show:"إظهار",hide:"إخفاء",showPassword:e=>`إظهار: ${e}`,connecting:"جارٍ الاتصال…",offline:"أنت غير متصل.",cannotReach:"تعذّر الوصول إلى الخادم. تجري إعادة المحاولة…",retryingIn:e=>`إعادة المحاولة بعد ${Li.format(e)} ث.`,tryNow:"المحاولة الآن",connectionEnded:"أغلق الخادم الاتصال.",reload:"إعادة التحميل",chats:"المحادثات",filterChats:"تصفية المحادثات",goToChat:"الانتقال إلى محادثة",newChat:"محادثة جديدة",startAChat:"بدء محادثة",noChatsYet:"ليست لديك محادثات بعد.",noChatOfThatName:"لا توجد محادثة بهذا الاسم.",noMessagesYet:"لا توجد رسائل بعد",muted:"مكتومة",unread:"غير مقروءة",unreadCount:e=>Kt(e,ko),mentionCount:e=>Kt(e,Sl),unsent:e=>Kt(e,Tl),members:e=>Kt(e,Cl),lastSeen:e=>`آخر ظهور ${e}`,archived:"مؤرشفة",backToChats:"العودة إلى المحادثات",aboutThisChat:"عن هذه المحادثة",chooseAChat:"اختر محادثة",chooseAChatHint:"اختر واحدة من القائمة أو ابدأ محادثة جديدة.",notAMember:e=>`لست عضوًا في ${e}.`,joinChannel:"الانضمام إلى القناة",chatNotFound:"المحادثة غير موجودة",chatNotFoundHint:"ربما حُذفت، أو هي خاصة ولست عضوًا فيها.",cannotOpenChat:"تعذّر فتح هذه المحادثة",newChatTabs:{direct:"رسالة مباشرة",group:"مجموعة",channel:"قناة",browse:"تصفح القنوات"},newChatHints:{direct:"لا يقرؤها إلا أنتما.",group:"خاصة: الانضمام بالدعوة.",channel:"عامة: يمكن للجميع العثور عليها وقراءتها والانضمام إليها."},channelName:"اسم القناة",descriptionOptional:"الوصف (اختياري)",membersOptional:"الأعضاء (اختياري)",openChat:"فتح المحادثة",channels:"القنوات",findChannel:"البحث عن قناة",noChannelOfThatName:"لا توجد قناة بهذا الاسم.",description:"الوصف",membersHeading:"الأعضاء",addMembers:"إضافة أعضاء",editChat:"تعديل الاسم والوصف",pinnedMessages:"الرسائل المثبتة",writeTo:e=>`مراسلة ${e}`,roleOf:e=>`دور ${e}`,ban:"حظر",banMember:e=>`حظر ${e}`,banMemberTitle:"حظر هذا العضو؟",banMemberText:(e,t)=>`سيُزال ${e} من ${t} ولن يتمكن من الانضمام مجددًا.`,archive:"أرشفة",archiveTitle:"أرشفة هذه المحادثة؟",archiveText:e=>`تصبح ${e} للقراءة فقط وتختفي من القائمة، ويمكن استعادتها من الإعدادات.`,restore:"استعادة",removeMember:e=>`إزالة ${e}`,removeMemberTitle:"إزالة هذا العضو؟",removeMemberText:(e,t)=>`لن يبقى ${e} عضوًا في ${t}.`,notify:{title:"الإشعارات في هذا المتصفح",usual:"الافتراضي",all:"كل الرسائل",mentions:"الإشارات فقط",nothing:"لا شيء"},mute:"كتم",unmute:"إلغاء الكتم",leave:"مغادرة",leaveTitle:"مغادرة هذه المحادثة؟",leaveText:e=>`لن تصلك رسائل من ${e} بعد الآن.`,deleteChat:"حذف المحادثة",deleteChatTitle:"حذف هذه المحادثة؟",deleteChatText:e=>`ستُحذف ${e} وجميع رسائلها لدى الجميع. لا يمكن التراجع عن ذلك.`,profile:{title:"الملف الشخصي",status:"الحالة",lastSeen:"آخر ظهور",role:"الدور",since:"تاريخ الانضمام",write:"إرسال رسالة"},serverRoles:{member:"عضو",moderator:"مراقب",admin:"مدير"},searchMessages:"البحث في الرسائل",searchInThisChat:"البحث في هذه المحادثة",searchIn:e=>`البحث في ${e}`,searchAllChats:"البحث في كل المحادثات",searching:"جارٍ البحث…",results:"النتائج",found:e=>`النتائج: ${Kt(e,Ml)}`,inChat:e=>`في ${e}`,inAnotherChat:"في محادثة أخرى",mentions:"الإشارات إليك",noMentions:"لم يُشر إليك أحد بعد.",messages:"الرسائل",message:"رسالة",messageLabel:(e,t)=>`${e}، ${t}`,beginning:"هذه بداية المحادثة.",newMessages:"رسائل جديدة",jumpToNewest:"الانتقال إلى أحدث رسالة",jumpToNewestUnread:e=>`الانتقال إلى أحدث رسالة، ${Kt(e,ko)}`,backToReply:"العودة إلى الرد",bot:"بوت",pinned:"مثبتة",edited:"معدّلة",sent:"أُرسلت",readByAll:"قرأها الجميع",waitingToBeSent:"بانتظار الإرسال",messageDeleted:"حُذفت هذه الرسالة.",messageNotFound:"تعذّر العثور على هذه الرسالة.",earlierMessage:"رسالة سابقة",inReplyTo:e=>`رد على ${e}`,attachment:"مرفق",reaction:(e,t)=>`${e}، ${Kt(t,Al)}`,others:e=>`${Li.format(e)} آخرون`,stop:"إيقاف",code:"شيفرة",table:"جدول",copy:"نسخ",copied:"تم النسخ",copyFailed:"لم يسمح المتصفح بالنسخ.",typing:(e,t)=>t===1?`${e} يكتب…`:`${e} يكتبون…`,notices:{joined:e=>`انضم ${e}`,left:e=>`غادر ${e}`,added:(e,t)=>`أضاف ${e} ${wo(t)}`,removed:(e,t)=>`أزال ${e} ${wo(t)}`,banned:(e,t)=>`حظر ${e} ${t}`,role:(e,t,n)=>`غيّر ${e} دور ${t} إلى ${n}`,renamed:(e,t)=>`غيّر ${e} اسم المحادثة إلى ${t}`,changed:e=>`غيّر ${e} الوصف`,archived:e=>`أرشف ${e} المحادثة`,pinned:e=>`ثبّت ${e} رسالة`,unpinned:e=>`ألغى ${e} تثبيت رسالة`},notificationTitle:(e,t)=>`${e} في ${t}`,messageActions:"إجراءات الرسالة",reactWith:e=>`التفاعل بـ ${e}`,addReaction:"إضافة تفاعل",reply:"رد",copyText:"نسخ النص",textCopied:"نُسخ النص.",copyLink:"نسخ الرابط",linkCopied:"نُسخ الرابط.",pin:"تثبيت",unpin:"إلغاء التثبيت",deleteMessageTitle:"حذف هذه الرسالة؟",deleteOwnMessageText:"ستُحذف لدى الجميع.",deleteMessageText:e=>`ستُحذف رسالة ${e} لدى الجميع.`,messageWasDeleted:"حُذفت الرسالة.",messageTo:e=>`رسالة إلى ${e}`,chatIsArchived:"هذه المحادثة مؤرشفة",send:"إرسال",attach:"إرفاق",attachLink:"إرفاق رابط",fileAddress:"عنوان الملف",insertEmoji:"إدراج رمز تعبيري",editingMessage:"تعديل رسالتك",replyingTo:e=>`الرد على ${e}`,characters:(e,t)=>`${e} من ${t} حرفًا`,tooLong:e=>`النص أطول من الحد: ${Kt(e,Il)}`,chooseEmoji:"اختر رمزًا تعبيريًا",searchEmoji:"البحث (بالإنجليزية)",emojiGroups:{title:"المجموعات",recent:"الأخيرة",smileys:"وجوه",people:"أشخاص",animals:"حيوانات وطبيعة",food:"طعام وشراب",travel:"سفر وأماكن",activities:"أنشطة",objects:"أشياء",symbols:"رموز",flags:"أعلام"},settings:"الإعدادات",displayName:"الاسم الظاهر",emailOptional:"البريد الإلكتروني (اختياري)",appearance:"المظهر",themes:{system:"النظام",light:"فاتح",dark:"داكن"},density:"الكثافة",densities:{comfortable:"مريحة",compact:"مضغوطة"},language:"اللغة",browserLanguage:"المتصفح",showMeAs:"حالتي الظاهرة",highContrast:"تباين عالٍ",desktopNotifications:"إشعارات سطح المكتب",notificationsBlocked:"يحظر المتصفح الإشعارات من هذه الصفحة.",sound:"تشغيل صوت عند وصول رسائل جديدة",changePassword:"تغيير كلمة المرور",currentPassword:"كلمة المرور الحالية",newPassword:"كلمة المرور الجديدة",passwordChanged:"تغيّرت كلمة المرور وسُجّل الخروج من الجلسات الأخرى.",sessions:"الجلسات",unnamedDevice:"جهاز بلا اسم",thisDevice:"هذا الجهاز",lastUsed:e=>`آخر استخدام ${e}`,neverUsed:"لم يُستخدم",tokens:"رموز API",tokenName:"اسم الرمز",botUsernameOptional:"اسم مستخدم البوت (اختياري)",botUsernameHint:"ينشئ بوتًا يعود إليه الرمز",createToken:"إنشاء رمز",secretOnce:"انسخ الرمز الآن، فلن يظهر مرة أخرى.",revoke:"إبطال",revokeTitle:"إبطال هذا الرمز؟",revokeText:e=>`ستنقطع البرامج التي تستخدم ${e}.`,archivedChats:"المحادثات المؤرشفة",noArchivedChats:"ليست لديك محادثات مؤرشفة.",moderation:{title:"الإشراف",stats:{connections:"الاتصالات",users:"المستخدمون",chats:"المحادثات",messages:"الرسائل"},users:"المستخدمون",findUser:"البحث عن مستخدم",log:"سجل التدقيق",ban:"حظر",unban:"رفع الحظر",banTitle:"حظر هذا المستخدم؟",banText:e=>`سيُقطع اتصال ${e} ولن يتمكن من تسجيل الدخول حتى يُرفع الحظر.`,banned:e=>`حُظر ${e}.`,unbanned:e=>`رُفع الحظر عن ${e}.`,disconnect:"قطع الاتصال",disconnected:e=>`قُطع اتصال ${e}.`},account:"الحساب",downloadMyData:"تنزيل بياناتي",deleteAccount:"حذف الحساب",deleteAccountText:"يُحذف حسابك نهائيًا، وتبقى رسائلك دون اسمك.",accountDeleted:"حُذف حسابك.",protocolReference:"مرجع البروتوكول",logOut:"تسجيل الخروج",logOutEverywhere:"تسجيل الخروج من كل الأجهزة",keyboardShortcuts:"اختصارات لوحة المفاتيح",shortcuts:[["Ctrl K","الانتقال إلى محادثة"],["Alt ↑","المحادثة السابقة"],["Alt ↓","المحادثة التالية"],["↑","تعديل آخر رسالة لك (والحقل فارغ)"],["Shift Enter","سطر جديد"],["Esc","إلغاء أو إغلاق أو العودة إلى حقل الكتابة"],["Ctrl /","إظهار هذه المساعدة"]]};var Nl=new Intl.PluralRules("en"),Rl=new Intl.NumberFormat(It("en")),Ut=(e,t,n)=>`${Rl.format(e)} ${Nl.select(e)==="one"?t:n}`,xo=e=>new Intl.ListFormat(It("en")).format(e),Eo={close:"Close",cancel:"Cancel",save:"Save",saved:"Saved.",add:"Add",remove:"Remove",delete:"Delete",edit:"Edit",open:"Open",join:"Join",create:"Create",search:"Search",loading:"Loading…",loadMore:"Load more",tryAgain:"Try again",discard:"Discard",nothingFound:"Nothing found.",name:"Name",nameOptional:"Name (optional)",username:"Username",someone:"Someone",you:"You",today:"Today",yesterday:"Yesterday",says:(e,t)=>`${e}: ${t}`,status:{online:"online",away:"away",offline:"offline"},roles:{owner:"owner",admin:"admin",member:"member"},logInTabs:{logIn:"Log in",signUp:"Sign up",token:"Use a token"},logInButtons:{logIn:"Log in",signUp:"Create account",token:"Continue"},usernameOrEmail:"Username or email",password:"Password",usernameRules:"3 to 32 letters, digits, dots, hyphens or underscores",passwordRules:"At least 8 characters",displayNameOptional:"Display name (optional)",displayNameHint:"The name other people see",tokenLabel:"API token or JWT",tokenHint:"For bots and for services that sign people in",show:"Show",hide:"Hide",showPassword:e=>`Show: ${e.toLowerCase()}`,connecting:"Connecting…",offline:"You are offline.",cannotReach:"The server cannot be reached. Trying again…",retryingIn:e=>`Retrying in ${e} s.`,tryNow:"Try now",connectionEnded:"The server closed the connection.",reload:"Reload",chats:"Chats",filterChats:"Filter chats",goToChat:"Go to chat",newChat:"New chat",startAChat:"Start a chat",noChatsYet:"You have no chats yet.",noChatOfThatName:"No chat has that name.",noMessagesYet:"No messages yet",muted:"Muted",unread:"Unread",unreadCount:e=>Ut(e,"unread message","unread messages"),mentionCount:e=>Ut(e,"unread mention","unread mentions"),unsent:e=>Ut(e,"unsent message","unsent messages"),members:e=>Ut(e,"member","members"),lastSeen:e=>`last seen ${e}`,archived:"archived",backToChats:"Back to chats",aboutThisChat:"About this chat",chooseAChat:"Choose a chat",chooseAChatHint:"Select one from the list or start a new one.",notAMember:e=>`You are not a member of ${e}.`,joinChannel:"Join channel",chatNotFound:"Chat not found",chatNotFoundHint:"It may have been deleted, or it may be private and you are not a member.",cannotOpenChat:"This chat could not be opened",newChatTabs:{direct:"Direct message",group:"Group",channel:"Channel",browse:"Browse channels"},newChatHints:{direct:"Only the two of you can read it.",group:"Private: people join by invitation.",channel:"Public: anyone can find, read and join it."},channelName:"Channel name",descriptionOptional:"Description (optional)",membersOptional:"Members (optional)",openChat:"Open chat",channels:"Channels",findChannel:"Find a channel",noChannelOfThatName:"No channel has that name.",description:"Description",membersHeading:"Members",addMembers:"Add members",editChat:"Edit name and description",pinnedMessages:"Pinned messages",writeTo:e=>`Message ${e}`,roleOf:e=>`Role of ${e}`,ban:"Ban",banMember:e=>`Ban ${e}`,banMemberTitle:"Ban this member?",banMemberText:(e,t)=>`${e} will be removed from ${t} and cannot join again.`,archive:"Archive",archiveTitle:"Archive this chat?",archiveText:e=>`${e} becomes read-only and disappears from the list. You can restore it in the settings.`,restore:"Restore",removeMember:e=>`Remove ${e}`,removeMemberTitle:"Remove this member?",removeMemberText:(e,t)=>`${e} will no longer be a member of ${t}.`,notify:{title:"Notifications in this browser",usual:"Default",all:"All messages",mentions:"Mentions only",nothing:"None"},mute:"Mute",unmute:"Unmute",leave:"Leave",leaveTitle:"Leave this chat?",leaveText:e=>`You will no longer receive messages from ${e}.`,deleteChat:"Delete chat",deleteChatTitle:"Delete this chat?",deleteChatText:e=>`${e} and all its messages will be deleted for everyone. This cannot be undone.`,profile:{title:"Profile",status:"Status",lastSeen:"Last seen",role:"Role",since:"Joined",write:"Send a message"},serverRoles:{member:"Member",moderator:"Moderator",admin:"Administrator"},searchMessages:"Search messages",searchInThisChat:"Search this chat",searchIn:e=>`Search ${e}`,searchAllChats:"Search all chats",searching:"Searching…",results:"Results",found:e=>Ut(e,"message found","messages found"),inChat:e=>`in ${e}`,inAnotherChat:"in another chat",mentions:"Mentions",noMentions:"Nobody has mentioned you yet.",messages:"Messages",message:"Message",messageLabel:(e,t)=>`${e}, ${t}`,beginning:"This is the beginning of the conversation.",newMessages:"New messages",jumpToNewest:"Jump to the newest message",jumpToNewestUnread:e=>`Jump to the newest message, ${Ut(e,"unread message","unread messages")}`,backToReply:"Back to the reply",bot:"bot",pinned:"Pinned",edited:"edited",sent:"Sent",readByAll:"Read by everyone",waitingToBeSent:"Waiting to be sent",messageDeleted:"This message was deleted.",messageNotFound:"This message could not be found.",earlierMessage:"An earlier message",inReplyTo:e=>`In reply to ${e}`,attachment:"Attachment",reaction:(e,t)=>`${e}, ${Ut(t,"person","people")}`,others:e=>Ut(e,"other","others"),stop:"Stop",code:"Code",table:"Table",copy:"Copy",copied:"Copied",copyFailed:"The browser did not allow copying.",typing:(e,t)=>`${e} ${t===1?"is":"are"} typing…`,notices:{joined:e=>`${e} joined`,left:e=>`${e} left`,added:(e,t)=>`${e} added ${xo(t)}`,removed:(e,t)=>`${e} removed ${xo(t)}`,banned:(e,t)=>`${e} banned ${t}`,role:(e,t,n)=>`${e} made ${t} ${n==="member"?"a":"an"} ${n}`,renamed:(e,t)=>`${e} renamed the chat to ${t}`,changed:e=>`${e} changed the description`,archived:e=>`${e} archived the chat`,pinned:e=>`${e} pinned a message`,unpinned:e=>`${e} unpinned a message`},notificationTitle:(e,t)=>`${e} in ${t}`,messageActions:"Message actions",reactWith:e=>`React with ${e}`,addReaction:"Add reaction",reply:"Reply",copyText:"Copy text",textCopied:"Text copied.",copyLink:"Copy link",linkCopied:"Link copied.",pin:"Pin",unpin:"Unpin",deleteMessageTitle:"Delete this message?",deleteOwnMessageText:"It will be deleted for everyone.",deleteMessageText:e=>`This message from ${e} will be deleted for everyone.`,messageWasDeleted:"Message deleted.",messageTo:e=>`Message ${e}`,chatIsArchived:"This chat is archived",send:"Send",attach:"Attach",attachLink:"Attach a link",fileAddress:"File address (URL)",insertEmoji:"Insert emoji",editingMessage:"Editing your message",replyingTo:e=>`Replying to ${e}`,characters:(e,t)=>`${e} of ${t} characters`,tooLong:e=>`${Ut(e,"character","characters")} too many`,chooseEmoji:"Choose an emoji",searchEmoji:"Search emoji",emojiGroups:{title:"Groups",recent:"Recent",smileys:"Smileys",people:"People",animals:"Animals and nature",food:"Food and drink",travel:"Travel and places",activities:"Activities",objects:"Objects",symbols:"Symbols",flags:"Flags"},settings:"Settings",displayName:"Display name",emailOptional:"Email (optional)",appearance:"Appearance",themes:{system:"System",light:"Light",dark:"Dark"},density:"Density",densities:{comfortable:"Comfortable",compact:"Compact"},language:"Language",browserLanguage:"Browser",showMeAs:"Show me as",highContrast:"High contrast",desktopNotifications:"Desktop notifications",notificationsBlocked:"The browser blocks notifications for this page.",sound:"Play a sound for new messages",changePassword:"Change password",currentPassword:"Current password",newPassword:"New password",passwordChanged:"Password changed. Other sessions were logged out.",sessions:"Sessions",unnamedDevice:"Unnamed device",thisDevice:"This device",lastUsed:e=>`last used ${e}`,neverUsed:"never used",tokens:"API tokens",tokenName:"Token name",botUsernameOptional:"Bot username (optional)",botUsernameHint:"Creates a bot that the token belongs to",createToken:"Create token",secretOnce:"Copy this token now. It will not be shown again.",revoke:"Revoke",revokeTitle:"Revoke this token?",revokeText:e=>`Programs that use ${e} will be disconnected.`,archivedChats:"Archived chats",noArchivedChats:"You have no archived chats.",moderation:{title:"Moderation",stats:{connections:"Connections",users:"Users",chats:"Chats",messages:"Messages"},users:"Users",findUser:"Find a user",log:"Audit log",ban:"Ban",unban:"Lift ban",banTitle:"Ban this user?",banText:e=>`${e} will be disconnected and cannot log in until the ban is lifted.`,banned:e=>`${e} was banned.`,unbanned:e=>`${e} is no longer banned.`,disconnect:"Disconnect",disconnected:e=>`${e} was disconnected.`},account:"Account",downloadMyData:"Download my data",deleteAccount:"Delete account",deleteAccountText:"Your account will be deleted permanently. Your messages stay, without your name.",accountDeleted:"Your account was deleted.",protocolReference:"Protocol reference",logOut:"Log out",logOutEverywhere:"Log out everywhere",keyboardShortcuts:"Keyboard shortcuts",shortcuts:[["Ctrl K","Go to a chat"],["Alt ↑","Previous chat"],["Alt ↓","Next chat"],["↑","Edit your last message (in an empty composer)"],["Shift Enter","New line"],["Esc","Cancel, close, or return to the composer"],["Ctrl /","Show this help"]]};var Pl=new Intl.PluralRules("de"),To=new Intl.NumberFormat(It("de")),Wt=(e,t,n)=>`${To.format(e)} ${Pl.select(e)==="one"?t:n}`,So=e=>new Intl.ListFormat(It("de")).format(e),Co={close:"Schließen",cancel:"Abbrechen",save:"Speichern",saved:"Gespeichert.",add:"Hinzufügen",remove:"Entfernen",delete:"Löschen",edit:"Bearbeiten",open:"Öffnen",join:"Beitreten",create:"Erstellen",search:"Suchen",loading:"Wird geladen …",loadMore:"Mehr laden",tryAgain:"Erneut versuchen",discard:"Verwerfen",nothingFound:"Nichts gefunden.",name:"Name",nameOptional:"Name (optional)",username:"Benutzername",someone:"Jemand",you:"Du",today:"Heute",yesterday:"Gestern",says:(e,t)=>`${e}: ${t}`,status:{online:"online",away:"abwesend",offline:"offline"},roles:{owner:"Inhaber",admin:"Admin",member:"Mitglied"},logInTabs:{logIn:"Anmelden",signUp:"Registrieren",token:"Mit Token"},logInButtons:{logIn:"Anmelden",signUp:"Konto erstellen",token:"Weiter"},usernameOrEmail:"Benutzername oder E-Mail",password:"Passwort",usernameRules:"3 bis 32 Buchstaben, Ziffern, Punkte, Binde- oder Unterstriche",passwordRules:"Mindestens 8 Zeichen",displayNameOptional:"Anzeigename (optional)",displayNameHint:"So sehen dich andere",tokenLabel:"API-Token oder JWT",tokenHint:"Für Bots und für Dienste, die Personen anmelden",show:"Zeigen",hide:"Verbergen",showPassword:e=>`Anzeigen: ${e}`,connecting:"Verbindung wird aufgebaut …",offline:"Du bist offline.",cannotReach:"Der Server ist nicht erreichbar. Neuer Versuch …",retryingIn:e=>`Neuer Versuch in ${e} s.`,tryNow:"Jetzt versuchen",connectionEnded:"Der Server hat die Verbindung beendet.",reload:"Neu laden",chats:"Chats",filterChats:"Chats filtern",goToChat:"Zu einem Chat wechseln",newChat:"Neuer Chat",startAChat:"Chat beginnen",noChatsYet:"Du hast noch keine Chats.",noChatOfThatName:"Kein Chat mit diesem Namen.",noMessagesYet:"Noch keine Nachrichten",muted:"Stumm",unread:"Ungelesen",unreadCount:e=>Wt(e,"ungelesene Nachricht","ungelesene Nachrichten"),mentionCount:e=>Wt(e,"ungelesene Erwähnung","ungelesene Erwähnungen"),unsent:e=>Wt(e,"nicht gesendete Nachricht","nicht gesendete Nachrichten"),members:e=>Wt(e,"Mitglied","Mitglieder"),lastSeen:e=>`zuletzt online: ${e}`,archived:"archiviert",backToChats:"Zurück zu den Chats",aboutThisChat:"Über diesen Chat",chooseAChat:"Wähle einen Chat",chooseAChatHint:"Nimm einen aus der Liste oder beginne einen neuen.",notAMember:e=>`Du bist kein Mitglied von ${e}.`,joinChannel:"Kanal beitreten",chatNotFound:"Chat nicht gefunden",chatNotFoundHint:"Er wurde vielleicht gelöscht, oder er ist privat und du bist kein Mitglied.",cannotOpenChat:"Dieser Chat lässt sich nicht öffnen",newChatTabs:{direct:"Direktnachricht",group:"Gruppe",channel:"Kanal",browse:"Kanäle finden"},newChatHints:{direct:"Nur ihr beide könnt mitlesen.",group:"Privat: Mitglieder kommen auf Einladung dazu.",channel:"Öffentlich: Alle können ihn finden, lesen und beitreten."},channelName:"Name des Kanals",descriptionOptional:"Beschreibung (optional)",membersOptional:"Mitglieder (optional)",openChat:"Chat öffnen",channels:"Kanäle",findChannel:"Kanal suchen",noChannelOfThatName:"Kein Kanal mit diesem Namen.",description:"Beschreibung",membersHeading:"Mitglieder",addMembers:"Mitglieder hinzufügen",editChat:"Name und Beschreibung bearbeiten",pinnedMessages:"Angeheftete Nachrichten",writeTo:e=>`Nachricht an ${e}`,roleOf:e=>`Rolle von ${e}`,ban:"Sperren",banMember:e=>`${e} sperren`,banMemberTitle:"Mitglied sperren?",banMemberText:(e,t)=>`${e} wird aus ${t} entfernt und kann nicht wieder beitreten.`,archive:"Archivieren",archiveTitle:"Chat archivieren?",archiveText:e=>`${e} lässt sich dann nur noch lesen und verschwindet aus der Liste. In den Einstellungen kann er wiederhergestellt werden.`,restore:"Wiederherstellen",removeMember:e=>`${e} entfernen`,removeMemberTitle:"Mitglied entfernen?",removeMemberText:(e,t)=>`${e} ist dann kein Mitglied von ${t} mehr.`,notify:{title:"Benachrichtigungen in diesem Browser",usual:"Standard",all:"Alle Nachrichten",mentions:"Nur Erwähnungen",nothing:"Keine"},mute:"Stummschalten",unmute:"Stummschaltung aufheben",leave:"Verlassen",leaveTitle:"Chat verlassen?",leaveText:e=>`Du erhältst keine Nachrichten aus ${e} mehr.`,deleteChat:"Chat löschen",deleteChatTitle:"Chat löschen?",deleteChatText:e=>`${e} und alle Nachrichten darin werden für alle gelöscht. Das lässt sich nicht rückgängig machen.`,profile:{title:"Profil",status:"Status",lastSeen:"Zuletzt online",role:"Rolle",since:"Dabei seit",write:"Nachricht schreiben"},serverRoles:{member:"Mitglied",moderator:"Moderation",admin:"Administration"},searchMessages:"Nachrichten suchen",searchInThisChat:"In diesem Chat suchen",searchIn:e=>`In ${e} suchen`,searchAllChats:"In allen Chats suchen",searching:"Suche läuft …",results:"Ergebnisse",found:e=>`${Wt(e,"Nachricht","Nachrichten")} gefunden`,inChat:e=>`in ${e}`,inAnotherChat:"in einem anderen Chat",mentions:"Erwähnungen",noMentions:"Bisher hat dich niemand erwähnt.",messages:"Nachrichten",message:"Nachricht",messageLabel:(e,t)=>`${e}, ${t}`,beginning:"Hier beginnt die Unterhaltung.",newMessages:"Neue Nachrichten",jumpToNewest:"Zur neuesten Nachricht",jumpToNewestUnread:e=>`Zur neuesten Nachricht, ${Wt(e,"ungelesene Nachricht","ungelesene Nachrichten")}`,backToReply:"Zurück zur Antwort",bot:"Bot",pinned:"Angeheftet",edited:"bearbeitet",sent:"Gesendet",readByAll:"Von allen gelesen",waitingToBeSent:"Wird gesendet, sobald es geht",messageDeleted:"Diese Nachricht wurde gelöscht.",messageNotFound:"Diese Nachricht wurde nicht gefunden.",earlierMessage:"Eine frühere Nachricht",inReplyTo:e=>`Antwort auf ${e}`,attachment:"Anhang",reaction:(e,t)=>`${e}, ${Wt(t,"Person","Personen")}`,others:e=>`${To.format(e)} weitere`,stop:"Anhalten",code:"Code",table:"Tabelle",copy:"Kopieren",copied:"Kopiert",copyFailed:"Der Browser hat das Kopieren nicht erlaubt.",typing:(e,t)=>`${e} ${t===1?"schreibt":"schreiben"} …`,notices:{joined:e=>`${e} ist beigetreten`,left:e=>`${e} hat den Chat verlassen`,added:(e,t)=>`${e} hat ${So(t)} hinzugefügt`,removed:(e,t)=>`${e} hat ${So(t)} entfernt`,banned:(e,t)=>`${e} hat ${t} gesperrt`,role:(e,t,n)=>`${e} hat die Rolle von ${t} geändert: ${n}`,renamed:(e,t)=>`${e} hat den Chat in ${t} umbenannt`,changed:e=>`${e} hat die Beschreibung geändert`,archived:e=>`${e} hat den Chat archiviert`,pinned:e=>`${e} hat eine Nachricht angeheftet`,unpinned:e=>`${e} hat eine angeheftete Nachricht gelöst`},notificationTitle:(e,t)=>`${e} in ${t}`,messageActions:"Aktionen",reactWith:e=>`Mit ${e} reagieren`,addReaction:"Reagieren",reply:"Antworten",copyText:"Text kopieren",textCopied:"Text kopiert.",copyLink:"Link kopieren",linkCopied:"Link kopiert.",pin:"Anheften",unpin:"Lösen",deleteMessageTitle:"Nachricht löschen?",deleteOwnMessageText:"Sie wird für alle gelöscht.",deleteMessageText:e=>`Diese Nachricht von ${e} wird für alle gelöscht.`,messageWasDeleted:"Nachricht gelöscht.",messageTo:e=>`Nachricht an ${e}`,chatIsArchived:"Dieser Chat ist archiviert",send:"Senden",attach:"Anhängen",attachLink:"Link anhängen",fileAddress:"Adresse der Datei",insertEmoji:"Emoji einfügen",editingMessage:"Nachricht wird bearbeitet",replyingTo:e=>`Antwort an ${e}`,characters:(e,t)=>`${e} von ${t} Zeichen`,tooLong:e=>`${Wt(e,"Zeichen","Zeichen")} zu viel`,chooseEmoji:"Emoji wählen",searchEmoji:"Emoji suchen (englisch)",emojiGroups:{title:"Gruppen",recent:"Zuletzt verwendet",smileys:"Smileys",people:"Menschen",animals:"Tiere und Natur",food:"Essen und Trinken",travel:"Reisen und Orte",activities:"Aktivitäten",objects:"Gegenstände",symbols:"Symbole",flags:"Flaggen"},settings:"Einstellungen",displayName:"Anzeigename",emailOptional:"E-Mail (optional)",appearance:"Darstellung",themes:{system:"System",light:"Hell",dark:"Dunkel"},density:"Dichte",densities:{comfortable:"Normal",compact:"Kompakt"},language:"Sprache",browserLanguage:"Browser",showMeAs:"Mich anzeigen als",highContrast:"Hoher Kontrast",desktopNotifications:"Desktop-Benachrichtigungen",notificationsBlocked:"Der Browser blockiert Benachrichtigungen für diese Seite.",sound:"Ton bei neuen Nachrichten",changePassword:"Passwort ändern",currentPassword:"Aktuelles Passwort",newPassword:"Neues Passwort",passwordChanged:"Passwort geändert. Andere Sitzungen wurden abgemeldet.",sessions:"Sitzungen",unnamedDevice:"Gerät ohne Namen",thisDevice:"Dieses Gerät",lastUsed:e=>`zuletzt verwendet: ${e}`,neverUsed:"nie verwendet",tokens:"API-Tokens",tokenName:"Name des Tokens",botUsernameOptional:"Benutzername des Bots (optional)",botUsernameHint:"Erstellt einen Bot, dem der Token gehört",createToken:"Token erstellen",secretOnce:"Kopiere den Token jetzt. Er wird nicht noch einmal angezeigt.",revoke:"Widerrufen",revokeTitle:"Token widerrufen?",revokeText:e=>`Programme, die ${e} verwenden, werden getrennt.`,archivedChats:"Archivierte Chats",noArchivedChats:"Du hast keine archivierten Chats.",moderation:{title:"Moderation",stats:{connections:"Verbindungen",users:"Benutzer",chats:"Chats",messages:"Nachrichten"},users:"Benutzer",findUser:"Benutzer suchen",log:"Protokoll",ban:"Sperren",unban:"Sperre aufheben",banTitle:"Benutzer sperren?",banText:e=>`${e} wird getrennt und kann sich nicht anmelden, bis die Sperre aufgehoben ist.`,banned:e=>`${e} wurde gesperrt.`,unbanned:e=>`Die Sperre von ${e} wurde aufgehoben.`,disconnect:"Trennen",disconnected:e=>`${e} wurde getrennt.`},account:"Konto",downloadMyData:"Meine Daten herunterladen",deleteAccount:"Konto löschen",deleteAccountText:"Dein Konto wird endgültig gelöscht. Deine Nachrichten bleiben ohne deinen Namen erhalten.",accountDeleted:"Dein Konto wurde gelöscht.",protocolReference:"Protokollreferenz",logOut:"Abmelden",logOutEverywhere:"Überall abmelden",keyboardShortcuts:"Tastenkürzel",shortcuts:[["Strg K","Zu einem Chat wechseln"],["Alt ↑","Vorheriger Chat"],["Alt ↓","Nächster Chat"],["↑","Letzte eigene Nachricht bearbeiten (bei leerem Eingabefeld)"],["Umschalt Enter","Neue Zeile"],["Esc","Abbrechen, schließen oder zurück zum Eingabefeld"],["Strg /","Diese Hilfe zeigen"]]};var Ll="pichat.session",En="pichat.outbox.",Di="pichat.draft.",Mo="pichat.theme",Ao="pichat.density",Io="pichat.language",No="pichat.notifications",Ro="pichat.sound",_i="pichat.notify.",Po="pichat.contrast",Lo="pichat.emoji";function Lt(e){try{return JSON.parse(localStorage.getItem(e)??"null")??void 0}catch{return}}function Ct(e,t){try{t===void 0?localStorage.removeItem(e):localStorage.setItem(e,JSON.stringify(t))}catch{}}var Sn=e=>Object.keys(localStorage).filter(t=>t.startsWith(e)),Ol={getItem:e=>Oi(()=>localStorage.getItem(e))??null,setItem:(e,t)=>Oi(()=>localStorage.setItem(e,t)),removeItem:e=>Oi(()=>localStorage.removeItem(e))};function Oi(e){try{return e()}catch{return}}var ue=Pi(Ll,{storage:Ol}),Oo={load:()=>Sn(En).flatMap(e=>Lt(e)??[]).sort((e,t)=>e.createdAt.localeCompare(t.createdAt)),put:e=>Ct(En+e.id,e),remove:e=>Ct(En+e,void 0)},Se={get:e=>Lt(Di+e)??"",set:(e,t)=>Ct(Di+e,t||void 0)};function Do(){ue.save(void 0);for(let e of[...Sn(En),...Sn(Di),...Sn(_i)])Ct(e,void 0)}var Dl=["system","light","dark"],_o=e=>Dl.includes(String(e)),Ot={get:()=>Lt(Mo)??"system",set(e){Ct(Mo,e),Ot.apply()},apply(){document.documentElement.dataset.theme=Ot.get()}},le={get:()=>Lt(Ao)??"comfortable",set(e){Ct(Ao,e),le.apply()},apply(){document.documentElement.dataset.density=le.get()}},$e={get:()=>Lt(Io),set:e=>Ct(Io,e)},Yt={enabled:()=>Lt(No)??!1,enable:e=>Ct(No,e||void 0),sound:()=>Lt(Ro)??!1,setSound:e=>Ct(Ro,e||void 0)},Ge={get:e=>Lt(_i+e),set:(e,t)=>Ct(_i+e,t)},ce={high:()=>Lt(Po)??!1,set(e){Ct(Po,e||void 0),ce.apply()},apply(){document.documentElement.dataset.contrast=ce.high()?"more":"normal"}},_l=24,Jt={get:()=>Lt(Lo)??[],add:e=>Ct(Lo,[e,...Jt.get().filter(t=>t!==e)].slice(0,_l))};var zi={en:{strings:Eo,direction:"ltr"},de:{strings:Co,direction:"ltr"},ar:{strings:vo,direction:"rtl"}},zl=e=>e!==void 0&&e in zi,jl=e=>e.split("-")[0];function Hl(){return[$e.get(),...navigator.languages.map(jl)].find(zl)??"en"}var Tn=Hl(),l=zi[Tn].strings,Nt=It(Tn);function zo(){document.documentElement.lang=Tn,document.documentElement.dir=zi[Tn].direction}var Fl={};function ji(e,t){let n=t||Fl,i=typeof n.includeImageAlt=="boolean"?n.includeImageAlt:!0,r=typeof n.includeHtml=="boolean"?n.includeHtml:!0;return Ho(e,i,r)}function Ho(e,t,n){if(Bl(e)){if("value"in e)return e.type==="html"&&!n?"":e.value;if(t&&"alt"in e&&e.alt)return e.alt;if("children"in e)return jo(e.children,t,n)}return Array.isArray(e)?jo(e,t,n):""}function jo(e,t,n){let i=[],r=-1;for(;++r<e.length;)i[r]=Ho(e[r],t,n);return i.join("")}function Bl(e){return!!(e&&typeof e=="object")}var Fo=document.createElement("i");function Te(e){let t="&"+e+";";Fo.innerHTML=t;let n=Fo.textContent;return n.charCodeAt(n.length-1)===59&&e!=="semi"||n===t?!1:n}function lt(e,t,n,i){let r=e.length,o=0,a;if(t<0?t=-t>r?0:r+t:t=t>r?r:t,n=n>0?n:0,i.length<1e4)a=Array.from(i),a.unshift(t,n),e.splice(...a);else for(n&&e.splice(t,n);o<i.length;)a=i.slice(o,o+1e4),a.unshift(t,0),e.splice(...a),o+=1e4,t+=1e4}function pt(e,t){return e.length>0?(lt(e,e.length,0,t),e):t}var Bo={}.hasOwnProperty;function Uo(e){let t={},n=-1;for(;++n<e.length;)Ul(t,e[n]);return t}function Ul(e,t){let n;for(n in t){let r=(Bo.call(e,n)?e[n]:void 0)||(e[n]={}),o=t[n],a;if(o)for(a in o){Bo.call(r,a)||(r[a]=[]);let s=o[a];ql(r[a],Array.isArray(s)?s:s?[s]:[])}}}function ql(e,t){let n=-1,i=[];for(;++n<t.length;)(t[n].add==="after"?e:i).push(t[n]);lt(e,0,0,i)}function Cn(e,t){let n=Number.parseInt(e,t);return n<9||n===11||n>13&&n<32||n>126&&n<160||n>55295&&n<57344||n>64975&&n<65008||(n&65535)===65535||(n&65535)===65534||n>1114111?"�":String.fromCodePoint(n)}function qt(e){return e.replace(/[\t\n\r ]+/g," ").replace(/^ | $/g,"").toLowerCase().toUpperCase()}var at=Qt(/[A-Za-z]/),st=Qt(/[\dA-Za-z]/),qo=Qt(/[#-'*+\--9=?A-Z^-~]/);function de(e){return e!==null&&(e<32||e===127)}var Ve=Qt(/\d/),$o=Qt(/[\dA-Fa-f]/),Go=Qt(/[!-/:-@[-`{-~]/);function C(e){return e!==null&&e<-2}function q(e){return e!==null&&(e<0||e===32)}function N(e){return e===-2||e===-1||e===32}var Zt=Qt(/\p{P}|\p{S}/u),Dt=Qt(/\s/);function Qt(e){return t;function t(n){return n!==null&&n>-1&&e.test(String.fromCharCode(n))}}function L(e,t,n,i){let r=i?i-1:1/0,o=0;return a;function a(u){return N(u)?(e.enter(n),s(u)):t(u)}function s(u){return N(u)&&o++<r?(e.consume(u),s):(e.exit(n),t(u))}}function Hi(e,t,n,i,r,o){let a=0;return s;function s(d){return o>0&&N(d)?(e.enter(i),u(d)):h(d)}function u(d){return N(d)&&a<o?(e.consume(d),a++,u):(e.exit(i),h(d))}function h(d){return a>=r?t(d):n(d)}}var Vo={tokenize:$l};function $l(e){let t=e.attempt(this.parser.constructs.contentInitial,i,r),n;return t;function i(s){if(s===null){e.consume(s);return}return e.enter("lineEnding"),e.consume(s),e.exit("lineEnding"),L(e,t,"linePrefix")}function r(s){return e.enter("paragraph"),o(s)}function o(s){let u=e.enter("chunkText",{contentType:"text",previous:n});return n&&(n.next=u),n=u,a(s)}function a(s){if(s===null){e.exit("chunkText"),e.exit("paragraph"),e.consume(s);return}return C(s)?(e.consume(s),e.exit("chunkText"),o):(e.consume(s),a)}}var $t=class{constructor(){this.index=new Map,this.map=[]}add(t,n,i){Ko(this,t,n,i,!1)}addBefore(t,n,i){Ko(this,t,n,i,!0)}consume(t){if(this.map.sort(function(o,a){return o[0]-a[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(t.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),t.length=this.map[n][0];i.push(t.slice()),t.length=0;let r=i.pop();for(;r;){for(let o of r)t.push(o);r=i.pop()}this.map.length=0,this.index.clear()}};function Ko(e,t,n,i,r){if(n===0&&i.length===0)return;let o=e.index.get(t);if(o){o[1]+=n,r?(i.push(...o[2]),o[2]=i):o[2].push(...i);return}let a=[t,n,i];e.map.push(a),e.index.set(t,a)}var Yo={tokenize:Gl},Wo={tokenize:Vl};function Gl(e){let t=this,n=[],i=0,r,o,a;return s;function s(T){if(i<n.length){let P=n[i];return t.containerState=P[1],e.attempt(P[0].continuation,u,h)(T)}return h(T)}function u(T){if(i++,t.containerState._closeFlow){t.containerState._closeFlow=void 0,r&&D();let P=t.events.length,B=P,k;for(;B--;)if(t.events[B][0]==="exit"&&t.events[B][1].type==="chunkFlow"){k=t.events[B][1].end;break}v(i);let z=P;for(;z<t.events.length;)t.events[z][1].end={...k},z++;let V=new $t;return V.add(B+1,0,t.events.slice(P)),V.add(P,z-P,[]),V.consume(t.events),h(T)}return s(T)}function h(T){if(i===n.length){if(!r)return f(T);if(r.currentConstruct&&r.currentConstruct.concrete)return x(T);t.interrupt=!!(r.currentConstruct&&!r._gfmTableDynamicInterruptHack)}return t.containerState={},e.check(Wo,d,m)(T)}function d(T){return r&&D(),v(i),f(T)}function m(T){return t.parser.lazy[t.now().line]=i!==n.length,a=t.now().offset,x(T)}function f(T){return t.containerState={},e.attempt(Wo,p,x)(T)}function p(T){return i++,n.push([t.currentConstruct,t.containerState]),f(T)}function x(T){if(T===null){r&&D(),v(0),e.consume(T);return}return r=r||t.parser.flow(t.now()),e.enter("chunkFlow",{_tokenizer:r,contentType:"flow",previous:o}),M(T)}function M(T){if(T===null){S(e.exit("chunkFlow"),!0),v(0),e.consume(T);return}return C(T)?(e.consume(T),S(e.exit("chunkFlow")),i=0,t.interrupt=void 0,s):(e.consume(T),M)}function S(T,P){let B=t.sliceStream(T);if(P&&B.push(null),T.previous=o,o&&(o.next=T),o=T,r.defineSkip(T.start),r.write(B),t.parser.lazy[T.start.line]){let k=r.events.length;for(;k--;)if(r.events[k][1].start.offset<a&&(!r.events[k][1].end||r.events[k][1].end.offset>a))return;let z=t.events.length,V=z,et,y;for(;V--;)if(t.events[V][0]==="exit"&&t.events[V][1].type==="chunkFlow"){if(et){y=t.events[V][1].end;break}et=!0}for(v(i),k=z;k<t.events.length;)t.events[k][1].end={...y},k++;let $=new $t;$.add(V+1,0,t.events.slice(z)),$.add(z,k-z,[]),$.consume(t.events)}}function v(T){let P=n.length;for(;P-- >T;){let B=n[P];t.containerState=B[1],B[0].exit.call(t,e)}n.length=T}function D(){r.write([null]),o=void 0,r=void 0,t.containerState._closeFlow=void 0}}function Vl(e,t,n){return L(e,e.attempt(this.parser.constructs.document,t,n),"linePrefix",this.parser.constructs.disable.null.includes("codeIndented")?void 0:4)}function Ce(e){if(e===null||q(e)||Dt(e))return 1;if(Zt(e))return 2}function Xt(e,t,n){let i=[],r=-1;for(;++r<e.length;){let o=e[r].resolveAll;o&&!i.includes(o)&&(t=o(t,n),i.push(o))}return t}var Ke={name:"attention",resolveAll:Kl,tokenize:Wl};function Kl(e,t){let n=-1,i;for(;++n<e.length;)if(e[n][0]==="enter"&&e[n][1].type==="attentionSequence"&&e[n][1]._close){let r=n;for(;r--;)if(e[r][0]==="exit"&&e[r][1].type==="attentionSequence"&&e[r][1]._open&&t.sliceSerialize(e[r][1]).charCodeAt(0)===t.sliceSerialize(e[n][1]).charCodeAt(0)){if((e[r][1]._close||e[n][1]._open)&&(e[n][1].end.offset-e[n][1].start.offset)%3&&!((e[r][1].end.offset-e[r][1].start.offset+e[n][1].end.offset-e[n][1].start.offset)%3))continue;let o=e[r][1].end.offset-e[r][1].start.offset>1&&e[n][1].end.offset-e[n][1].start.offset>1?2:1,a={...e[r][1].end},s={...e[n][1].start};Jo(a,-o),Jo(s,o);let u={type:o>1?"strongSequence":"emphasisSequence",start:a,end:{...e[r][1].end}},h={type:o>1?"strongSequence":"emphasisSequence",start:{...e[n][1].start},end:s},d={type:o>1?"strongText":"emphasisText",start:{...e[r][1].end},end:{...e[n][1].start}},m={type:o>1?"strong":"emphasis",start:{...u.start},end:{...h.end}};e[r][1].end={...u.start},e[n][1].start={...h.end},i=[],e[r][1].end.offset-e[r][1].start.offset&&(i=pt(i,[["enter",e[r][1],t],["exit",e[r][1],t]])),i=pt(i,[["enter",m,t],["enter",u,t],["exit",u,t],["enter",d,t]]),i=pt(i,Xt(t.parser.constructs.insideSpan.null,e.slice(r+1,n),t)),i=pt(i,[["exit",d,t],["enter",h,t],["exit",h,t],["exit",m,t]]);let f=0;e[n][1].end.offset-e[n][1].start.offset&&(f=2,i=pt(i,[["enter",e[n][1],t],["exit",e[n][1],t]])),lt(e,r-1,n-r+3,i),n=r+i.length-f-2;break}}for(n=-1;++n<e.length;)e[n][1].type==="attentionSequence"&&(e[n][1].type="data");return e}function Wl(e,t){let n=this.parser.constructs.attentionMarkers.null,i=this.previous,r=Ce(i),o;return a;function a(u){return o=u,e.enter("attentionSequence"),s(u)}function s(u){if(u===o)return e.consume(u),s;let h=e.exit("attentionSequence"),d=Ce(u),m=!d||d===2&&r||n.includes(u)&&u!==42&&u!==95,f=!r||r===2&&d||n.includes(i)&&i!==42&&i!==95;return h._open=!!(o===42?m:m&&(r||!f)),h._close=!!(o===42?f:f&&(d||!m)),t(u)}}function Jo(e,t){e.column+=t,e.offset+=t,e._bufferIndex+=t}var Fi={name:"autolink",tokenize:Yl};function Yl(e,t,n){let i=0;return r;function r(p){return e.enter("autolink"),e.enter("autolinkMarker"),e.consume(p),e.exit("autolinkMarker"),e.enter("autolinkProtocol"),o}function o(p){return at(p)?(e.consume(p),a):p===64?n(p):h(p)}function a(p){return p===43||p===45||p===46||st(p)?(i=1,s(p)):h(p)}function s(p){return p===58?(e.consume(p),i=0,u):(p===43||p===45||p===46||st(p))&&i++<32?(e.consume(p),s):(i=0,h(p))}function u(p){return p===62?(e.exit("autolinkProtocol"),e.enter("autolinkMarker"),e.consume(p),e.exit("autolinkMarker"),e.exit("autolink"),t):p===null||p===32||p===60||de(p)?n(p):(e.consume(p),u)}function h(p){return p===64?(e.consume(p),d):qo(p)?(e.consume(p),h):n(p)}function d(p){return st(p)?m(p):n(p)}function m(p){return p===46?(e.consume(p),i=0,d):p===62?(e.exit("autolinkProtocol").type="autolinkEmail",e.enter("autolinkMarker"),e.consume(p),e.exit("autolinkMarker"),e.exit("autolink"),t):f(p)}function f(p){if((p===45||st(p))&&i++<63){let x=p===45?f:m;return e.consume(p),x}return n(p)}}var te={partial:!0,tokenize:Jl};function Jl(e,t,n){return i;function i(o){return N(o)?L(e,r,"linePrefix")(o):r(o)}function r(o){return o===null||C(o)?t(o):n(o)}}var Mn={continuation:{tokenize:Ql},exit:Xl,name:"blockQuote",tokenize:Zl};function Zl(e,t,n){let i=this;return r;function r(a){if(a===62){let s=i.containerState;return s.open||(e.enter("blockQuote",{_container:!0}),s.open=!0),e.enter("blockQuotePrefix"),e.enter("blockQuoteMarker"),e.consume(a),e.exit("blockQuoteMarker"),o}return n(a)}function o(a){return N(a)?(e.enter("blockQuotePrefixWhitespace"),e.consume(a),e.exit("blockQuotePrefixWhitespace"),e.exit("blockQuotePrefix"),t):(e.exit("blockQuotePrefix"),t(a))}}function Ql(e,t,n){let i=this;return r;function r(a){return N(a)?L(e,o,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(a):o(a)}function o(a){return e.attempt(Mn,t,n)(a)}}function Xl(e){e.exit("blockQuote")}var An={name:"characterEscape",tokenize:tc};function tc(e,t,n){return i;function i(o){return e.enter("characterEscape"),e.enter("escapeMarker"),e.consume(o),e.exit("escapeMarker"),r}function r(o){return Go(o)?(e.enter("characterEscapeValue"),e.consume(o),e.exit("characterEscapeValue"),e.exit("characterEscape"),t):n(o)}}var In={name:"characterReference",tokenize:ec};function ec(e,t,n){let i=this,r=0,o,a;return s;function s(m){return e.enter("characterReference"),e.enter("characterReferenceMarker"),e.consume(m),e.exit("characterReferenceMarker"),u}function u(m){return m===35?(e.enter("characterReferenceMarkerNumeric"),e.consume(m),e.exit("characterReferenceMarkerNumeric"),h):(e.enter("characterReferenceValue"),o=31,a=st,d(m))}function h(m){return m===88||m===120?(e.enter("characterReferenceMarkerHexadecimal"),e.consume(m),e.exit("characterReferenceMarkerHexadecimal"),e.enter("characterReferenceValue"),o=6,a=$o,d):(e.enter("characterReferenceValue"),o=7,a=Ve,d(m))}function d(m){if(m===59&&r){let f=e.exit("characterReferenceValue");return a===st&&!Te(i.sliceSerialize(f))?n(m):(e.enter("characterReferenceMarker"),e.consume(m),e.exit("characterReferenceMarker"),e.exit("characterReference"),t)}return a(m)&&r++<o?(e.consume(m),d):n(m)}}var We={partial:!0,tokenize:nc};function nc(e,t,n){let i=this;return r;function r(a){return a===null?n(a):(e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),o)}function o(a){return i.parser.lazy[i.now().line]?n(a):t(a)}}var Nn={concrete:!0,name:"codeFenced",tokenize:ic};function ic(e,t,n){let i=this,r={partial:!0,tokenize:B},o=0,a=0,s;return u;function u(k){return h(k)}function h(k){let z=i.events[i.events.length-1];return o=z&&z[1].type==="linePrefix"?z[2].sliceSerialize(z[1],!0).length:0,s=k,e.enter("codeFenced"),e.enter("codeFencedFence"),e.enter("codeFencedFenceSequence"),d(k)}function d(k){return k===s?(a++,e.consume(k),d):a<3?n(k):(e.exit("codeFencedFenceSequence"),N(k)?L(e,m,"whitespace")(k):m(k))}function m(k){return k===null||C(k)?(e.exit("codeFencedFence"),i.interrupt?t(k):e.check(We,M,P)(k)):(e.enter("codeFencedFenceInfo"),e.enter("chunkString",{contentType:"string"}),f(k))}function f(k){return k===null||C(k)?(e.exit("chunkString"),e.exit("codeFencedFenceInfo"),m(k)):N(k)?(e.exit("chunkString"),e.exit("codeFencedFenceInfo"),L(e,p,"whitespace")(k)):k===96&&k===s?n(k):(e.consume(k),f)}function p(k){return k===null||C(k)?m(k):(e.enter("codeFencedFenceMeta"),e.enter("chunkString",{contentType:"string"}),x(k))}function x(k){return k===null||C(k)?(e.exit("chunkString"),e.exit("codeFencedFenceMeta"),m(k)):k===96&&k===s?n(k):(e.consume(k),x)}function M(k){return e.attempt(r,P,S)(k)}function S(k){return e.enter("lineEnding"),e.consume(k),e.exit("lineEnding"),v}function v(k){return o>0&&N(k)?L(e,D,"linePrefix",o+1)(k):D(k)}function D(k){return k===null||C(k)?e.check(We,M,P)(k):(e.enter("codeFlowValue"),T(k))}function T(k){return k===null||C(k)?(e.exit("codeFlowValue"),D(k)):(e.consume(k),T)}function P(k){return e.exit("codeFenced"),t(k)}function B(k,z,V){let et=0;return y;function y(H){return k.enter("lineEnding"),k.consume(H),k.exit("lineEnding"),$}function $(H){return k.enter("codeFencedFence"),N(H)?L(k,K,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(H):K(H)}function K(H){return H===s?(k.enter("codeFencedFenceSequence"),A(H)):V(H)}function A(H){return H===s?(et++,k.consume(H),A):et>=a?(k.exit("codeFencedFenceSequence"),N(H)?L(k,U,"whitespace")(H):U(H)):V(H)}function U(H){return H===null||C(H)?(k.exit("codeFencedFence"),z(H)):V(H)}}}var Ye={name:"codeIndented",tokenize:oc},rc={partial:!0,tokenize:ac};function oc(e,t,n){return i;function i(s){return e.enter("codeIndented"),Hi(e,r,n,"linePrefix",4,4)(s)}function r(s){return s===null?a(s):C(s)?e.attempt(rc,r,a)(s):(e.enter("codeFlowValue"),o(s))}function o(s){return s===null||C(s)?(e.exit("codeFlowValue"),r(s)):(e.consume(s),o)}function a(s){return e.exit("codeIndented"),t(s)}}function ac(e,t,n){let i=this;return r;function r(a){return i.parser.lazy[i.now().line]?n(a):C(a)?(e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),r):Hi(e,t,o,"linePrefix",4,4)(a)}function o(a){return C(a)?r(a):n(a)}}var Bi={name:"codeText",previous:lc,resolve:sc,tokenize:cc};function sc(e){let t=e.length-4,n=3,i,r;if((e[n][1].type==="lineEnding"||e[n][1].type==="space")&&(e[t][1].type==="lineEnding"||e[t][1].type==="space")){for(i=n;++i<t;)if(e[i][1].type==="codeTextData"){e[n][1].type="codeTextPadding",e[t][1].type="codeTextPadding",n+=2,t-=2;break}}for(i=n-1,t++;++i<=t;)r===void 0?i!==t&&e[i][1].type!=="lineEnding"&&(r=i):(i===t||e[i][1].type==="lineEnding")&&(e[r][1].type="codeTextData",i!==r+2&&(e[r][1].end=e[i-1][1].end,e.splice(r+2,i-r-2),t-=i-r-2,i=r+2),r=void 0);return e}function lc(e){return e!==96||this.events[this.events.length-1][1].type==="characterEscape"}function cc(e,t,n){let i=this,r=0,o,a;return s;function s(f){return e.enter("codeText"),e.enter("codeTextSequence"),u(f)}function u(f){return f===96?(e.consume(f),r++,u):(e.exit("codeTextSequence"),h(f))}function h(f){return f===null?n(f):f===32?(e.enter("space"),e.consume(f),e.exit("space"),h):f===96?(a=e.enter("codeTextSequence"),o=0,m(f)):C(f)?(e.enter("lineEnding"),e.consume(f),e.exit("lineEnding"),h):(e.enter("codeTextData"),d(f))}function d(f){return f===null||f===32||f===96||C(f)?(e.exit("codeTextData"),h(f)):(e.consume(f),d)}function m(f){return f===96?(e.consume(f),o++,m):o===r?(e.exit("codeTextSequence"),e.exit("codeText"),t(f)):(a.type="codeTextData",d(f))}}var Rn=class{constructor(t){this.left=t?[...t]:[],this.right=[]}get(t){if(t<0||t>=this.left.length+this.right.length)throw new RangeError("Cannot access index `"+t+"` in a splice buffer of size `"+(this.left.length+this.right.length)+"`");return t<this.left.length?this.left[t]:this.right[this.right.length-t+this.left.length-1]}get length(){return this.left.length+this.right.length}shift(){return this.setCursor(0),this.right.pop()}slice(t,n){let i=n??Number.POSITIVE_INFINITY;return i<this.left.length?this.left.slice(t,i):t>this.left.length?this.right.slice(this.right.length-i+this.left.length,this.right.length-t+this.left.length).reverse():this.left.slice(t).concat(this.right.slice(this.right.length-i+this.left.length).reverse())}splice(t,n,i){let r=n||0;this.setCursor(Math.trunc(t));let o=this.right.splice(this.right.length-r,Number.POSITIVE_INFINITY);return i&&Je(this.left,i),o.reverse()}pop(){return this.setCursor(Number.POSITIVE_INFINITY),this.left.pop()}push(t){this.setCursor(Number.POSITIVE_INFINITY),this.left.push(t)}pushMany(t){this.setCursor(Number.POSITIVE_INFINITY),Je(this.left,t)}unshift(t){this.setCursor(0),this.right.push(t)}unshiftMany(t){this.setCursor(0),Je(this.right,t.reverse())}setCursor(t){if(!(t===this.left.length||t>this.left.length&&this.right.length===0||t<0&&this.left.length===0))if(t<this.left.length){let n=this.left.splice(t,Number.POSITIVE_INFINITY);Je(this.right,n.reverse())}else{let n=this.right.splice(this.left.length+this.right.length-t,Number.POSITIVE_INFINITY);Je(this.left,n.reverse())}}};function Je(e,t){let n=0;if(t.length<1e4)e.push(...t);else for(;n<t.length;)e.push(...t.slice(n,n+1e4)),n+=1e4}function Pn(e){let t={},n=-1,i,r,o,a,s,u,h,d=new Rn(e);for(;++n<d.length;){for(;n in t;)n=t[n];if(i=d.get(n),n&&i[1].type==="chunkFlow"&&d.get(n-1)[1].type==="listItemPrefix"&&(u=i[1]._tokenizer.events,o=0,o<u.length&&u[o][1].type==="lineEndingBlank"&&(o+=2),o<u.length&&u[o][1].type==="content"))for(;++o<u.length&&u[o][1].type!=="content";)u[o][1].type==="chunkText"&&(u[o][1]._isInFirstContentOfListItem=!0,o++);if(i[0]==="enter")i[1].contentType&&(Object.assign(t,uc(d,n)),n=t[n],h=!0);else if(i[1]._container){for(o=n,r=void 0;o--;)if(a=d.get(o),a[1].type==="lineEnding"||a[1].type==="lineEndingBlank")a[0]==="enter"&&(r&&(d.get(r)[1].type="lineEndingBlank"),a[1].type="lineEnding",r=o);else if(!(a[1].type==="linePrefix"||a[1].type==="listItemIndent"))break;r&&(i[1].end={...d.get(r)[1].start},s=d.slice(r,n),s.unshift(i),d.splice(r,n-r+1,s))}}return lt(e,0,Number.POSITIVE_INFINITY,d.slice(0)),!h}function uc(e,t){let n=e.get(t)[1],i=e.get(t)[2],r=t-1,o=[],a=n._tokenizer;a||(a=i.parser[n.contentType](n.start),n._contentTypeTextTrailing&&(a._contentTypeTextTrailing=!0));let s=a.events,u=[],h={},d,m,f=-1,p=n,x=0,M=0,S=[M];for(;p;){for(;e.get(++r)[1]!==p;);o.push(r),p._tokenizer||(d=i.sliceStream(p),p.next||d.push(null),m&&a.defineSkip(p.start),p._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=!0),a.write(d),p._isInFirstContentOfListItem&&(a._gfmTasklistFirstContentOfListItem=void 0)),m=p,p=p.next}for(p=n;++f<s.length;)s[f][0]==="exit"&&s[f-1][0]==="enter"&&s[f][1].type===s[f-1][1].type&&s[f][1].start.line!==s[f][1].end.line&&(M=f+1,S.push(M),p._tokenizer=void 0,p.previous=void 0,p=p.next);for(a.events=[],p?(p._tokenizer=void 0,p.previous=void 0):S.pop(),f=S.length;f--;){let v=s.slice(S[f],S[f+1]),D=o.pop();u.push([D,D+v.length-1]),e.splice(D,2,v)}for(u.reverse(),f=-1;++f<u.length;)h[x+u[f][0]]=x+u[f][1],x+=u[f][1]-u[f][0]-1;return h}var Ui={resolve:hc,tokenize:mc},dc={partial:!0,tokenize:pc};function hc(e){return Pn(e),e}function mc(e,t){let n;return i;function i(s){return e.enter("content"),n=e.enter("chunkContent",{contentType:"content"}),r(s)}function r(s){return s===null?o(s):C(s)?e.check(dc,a,o)(s):(e.consume(s),r)}function o(s){return e.exit("chunkContent"),e.exit("content"),t(s)}function a(s){return e.consume(s),e.exit("chunkContent"),n.next=e.enter("chunkContent",{contentType:"content",previous:n}),n=n.next,r}}function pc(e,t,n){let i=this;return r;function r(a){return e.exit("chunkContent"),e.enter("lineEnding"),e.consume(a),e.exit("lineEnding"),L(e,o,"linePrefix")}function o(a){if(a===null||C(a))return n(a);let s=i.events[i.events.length-1];return!i.parser.constructs.disable.null.includes("codeIndented")&&s&&s[1].type==="linePrefix"&&s[2].sliceSerialize(s[1],!0).length>=4?t(a):e.interrupt(i.parser.constructs.flow,n,t)(a)}}function Ln(e,t,n,i,r,o,a,s,u){let h=u||Number.POSITIVE_INFINITY,d=0;return m;function m(v){return v===60?(e.enter(i),e.enter(r),e.enter(o),e.consume(v),e.exit(o),f):v===null||v===32||v===41||de(v)?n(v):(e.enter(i),e.enter(a),e.enter(s),e.enter("chunkString",{contentType:"string"}),M(v))}function f(v){return v===62?(e.enter(o),e.consume(v),e.exit(o),e.exit(r),e.exit(i),t):(e.enter(s),e.enter("chunkString",{contentType:"string"}),p(v))}function p(v){return v===62?(e.exit("chunkString"),e.exit(s),f(v)):v===null||v===60||C(v)?n(v):(e.consume(v),v===92?x:p)}function x(v){return v===60||v===62||v===92?(e.consume(v),p):p(v)}function M(v){return!d&&(v===null||v===41||q(v))?(e.exit("chunkString"),e.exit(s),e.exit(a),e.exit(i),t(v)):d<h&&v===40?(e.consume(v),d++,M):v===41?(e.consume(v),d--,M):v===null||v===32||v===40||de(v)?n(v):(e.consume(v),v===92?S:M)}function S(v){return v===40||v===41||v===92?(e.consume(v),M):M(v)}}function On(e,t,n,i,r,o){let a=this,s=0,u;return h;function h(p){return e.enter(i),e.enter(r),e.consume(p),e.exit(r),e.enter(o),d}function d(p){return s>999||p===null||p===91||p===93&&!u||p===94&&!s&&"_hiddenFootnoteSupport"in a.parser.constructs?n(p):p===93?(e.exit(o),e.enter(r),e.consume(p),e.exit(r),e.exit(i),t):C(p)?(e.enter("lineEnding"),e.consume(p),e.exit("lineEnding"),d):(e.enter("chunkString",{contentType:"string"}),m(p))}function m(p){return p===null||p===91||p===93||C(p)||s++>999?(e.exit("chunkString"),d(p)):(e.consume(p),u||(u=!N(p)),p===92?f:m)}function f(p){return p===91||p===92||p===93?(e.consume(p),s++,m):m(p)}}function Dn(e,t,n,i,r,o){let a;return s;function s(f){return f===34||f===39||f===40?(e.enter(i),e.enter(r),e.consume(f),e.exit(r),a=f===40?41:f,u):n(f)}function u(f){return f===a?(e.enter(r),e.consume(f),e.exit(r),e.exit(i),t):(e.enter(o),h(f))}function h(f){return f===a?(e.exit(o),u(a)):f===null?n(f):C(f)?(e.enter("lineEnding"),e.consume(f),e.exit("lineEnding"),L(e,h,"linePrefix")):(e.enter("chunkString",{contentType:"string"}),d(f))}function d(f){return f===a||f===null||C(f)?(e.exit("chunkString"),h(f)):(e.consume(f),f===92?m:d)}function m(f){return f===a||f===92?(e.consume(f),d):d(f)}}function he(e,t){let n;return i;function i(r){return C(r)?(e.enter("lineEnding"),e.consume(r),e.exit("lineEnding"),n=!0,i):N(r)?L(e,i,n?"linePrefix":"lineSuffix")(r):t(r)}}var qi={name:"definition",tokenize:gc},fc={partial:!0,tokenize:bc};function gc(e,t,n){let i=this,r;return o;function o(p){return e.enter("definition"),a(p)}function a(p){return On.call(i,e,s,n,"definitionLabel","definitionLabelMarker","definitionLabelString")(p)}function s(p){return r=qt(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)),p===58?(e.enter("definitionMarker"),e.consume(p),e.exit("definitionMarker"),u):n(p)}function u(p){return q(p)?he(e,h)(p):h(p)}function h(p){return Ln(e,d,n,"definitionDestination","definitionDestinationLiteral","definitionDestinationLiteralMarker","definitionDestinationRaw","definitionDestinationString")(p)}function d(p){return e.attempt(fc,m,m)(p)}function m(p){return N(p)?L(e,f,"whitespace")(p):f(p)}function f(p){return p===null||C(p)?(e.exit("definition"),i.parser.defined.push(r),t(p)):n(p)}}function bc(e,t,n){return i;function i(s){return q(s)?he(e,r)(s):n(s)}function r(s){return Dn(e,o,n,"definitionTitle","definitionTitleMarker","definitionTitleString")(s)}function o(s){return N(s)?L(e,a,"whitespace")(s):a(s)}function a(s){return s===null||C(s)?t(s):n(s)}}var $i={name:"hardBreakEscape",tokenize:yc};function yc(e,t,n){return i;function i(o){return e.enter("hardBreakEscape"),e.consume(o),r}function r(o){return C(o)?(e.exit("hardBreakEscape"),t(o)):n(o)}}var Gi={name:"headingAtx",resolve:wc,tokenize:kc};function wc(e,t){let n=e.length-2,i=3;if(e[i][1].type==="whitespace"&&(i+=2),n-2>i&&e[n][1].type==="whitespace"&&(n-=2),e[n][1].type==="atxHeadingSequence"&&(i===n-1||n-4>i&&e[n-2][1].type==="whitespace")&&(n-=i+1===n?2:4),n>i){let r={type:"atxHeadingText",start:e[i][1].start,end:e[n][1].end},o={type:"chunkText",start:e[i][1].start,end:e[n][1].end,contentType:"text"};lt(e,i,n-i+1,[["enter",r,t],["enter",o,t],["exit",o,t],["exit",r,t]])}return e}function kc(e,t,n){let i=0;return r;function r(d){return e.enter("atxHeading"),o(d)}function o(d){return e.enter("atxHeadingSequence"),a(d)}function a(d){return d===35&&i++<6?(e.consume(d),a):d===null||q(d)?(e.exit("atxHeadingSequence"),s(d)):n(d)}function s(d){return d===35?(e.enter("atxHeadingSequence"),u(d)):d===null||C(d)?(e.exit("atxHeading"),t(d)):N(d)?L(e,s,"whitespace")(d):(e.enter("atxHeadingText"),h(d))}function u(d){return d===35?(e.consume(d),u):(e.exit("atxHeadingSequence"),s(d))}function h(d){return d===null||d===35||q(d)?(e.exit("atxHeadingText"),s(d)):(e.consume(d),h)}}var Zo=["address","article","aside","base","basefont","blockquote","body","caption","center","col","colgroup","dd","details","dialog","dir","div","dl","dt","fieldset","figcaption","figure","footer","form","frame","frameset","h1","h2","h3","h4","h5","h6","head","header","hr","html","iframe","legend","li","link","main","menu","menuitem","nav","noframes","ol","optgroup","option","p","param","search","section","summary","table","tbody","td","tfoot","th","thead","title","tr","track","ul"],Vi=["pre","script","style","textarea"];var Ki={concrete:!0,name:"htmlFlow",resolveTo:xc,tokenize:Ec},vc={partial:!0,tokenize:Sc};function xc(e){let t=e.length;for(;t--&&!(e[t][0]==="enter"&&e[t][1].type==="htmlFlow"););return t>1&&e[t-2][1].type==="linePrefix"&&(e[t][1].start=e[t-2][1].start,e[t+1][1].start=e[t-2][1].start,e.splice(t-2,2)),e}function Ec(e,t,n){let i=this,r,o,a,s,u;return h;function h(b){return d(b)}function d(b){return e.enter("htmlFlow"),e.enter("htmlFlowData"),e.consume(b),m}function m(b){return b===33?(e.consume(b),f):b===47?(e.consume(b),o=!0,M):b===63?(e.consume(b),r=3,i.interrupt?t:g):at(b)?(e.consume(b),a=String.fromCharCode(b),S):n(b)}function f(b){return b===45?(e.consume(b),r=2,p):b===91?(e.consume(b),r=5,s=0,x):at(b)?(e.consume(b),r=4,i.interrupt?t:g):n(b)}function p(b){return b===45?(e.consume(b),i.interrupt?t:g):n(b)}function x(b){let wt="CDATA[";return b===wt.charCodeAt(s++)?(e.consume(b),s===wt.length?i.interrupt?t:K:x):n(b)}function M(b){return at(b)?(e.consume(b),a=String.fromCharCode(b),S):n(b)}function S(b){if(b===null||b===47||b===62||q(b)){let wt=b===47,ye=a.toLowerCase();return!wt&&!o&&Vi.includes(ye)?(r=1,i.interrupt?t(b):K(b)):Zo.includes(a.toLowerCase())?(r=6,wt?(e.consume(b),v):i.interrupt?t(b):K(b)):(r=7,i.interrupt&&!i.parser.lazy[i.now().line]?n(b):o?D(b):T(b))}return b===45||st(b)?(e.consume(b),a+=String.fromCharCode(b),S):n(b)}function v(b){return b===62?(e.consume(b),i.interrupt?t:K):n(b)}function D(b){return N(b)?(e.consume(b),D):y(b)}function T(b){return b===47?(e.consume(b),y):b===58||b===95||at(b)?(e.consume(b),P):N(b)?(e.consume(b),T):y(b)}function P(b){return b===45||b===46||b===58||b===95||st(b)?(e.consume(b),P):B(b)}function B(b){return b===61?(e.consume(b),k):N(b)?(e.consume(b),B):T(b)}function k(b){return b===null||b===60||b===61||b===62||b===96?n(b):b===34||b===39?(e.consume(b),u=b,z):N(b)?(e.consume(b),k):V(b)}function z(b){return b===u?(e.consume(b),u=null,et):b===null||C(b)?n(b):(e.consume(b),z)}function V(b){return b===null||b===34||b===39||b===47||b===60||b===61||b===62||b===96||q(b)?B(b):(e.consume(b),V)}function et(b){return b===47||b===62||N(b)?T(b):n(b)}function y(b){return b===62?(e.consume(b),$):n(b)}function $(b){return b===null||C(b)?K(b):N(b)?(e.consume(b),$):n(b)}function K(b){return b===45&&r===2?(e.consume(b),nt):b===60&&r===1?(e.consume(b),ot):b===62&&r===4?(e.consume(b),xt):b===63&&r===3?(e.consume(b),g):b===93&&r===5?(e.consume(b),Rt):C(b)&&(r===6||r===7)?(e.exit("htmlFlowData"),e.check(vc,zt,A)(b)):b===null||C(b)?(e.exit("htmlFlowData"),A(b)):(e.consume(b),K)}function A(b){return e.check(We,U,zt)(b)}function U(b){return e.enter("lineEnding"),e.consume(b),e.exit("lineEnding"),H}function H(b){return b===null||C(b)?A(b):(e.enter("htmlFlowData"),K(b))}function nt(b){return b===45?(e.consume(b),g):K(b)}function ot(b){return b===47?(e.consume(b),a="",At):K(b)}function At(b){if(b===62){let wt=a.toLowerCase();return Vi.includes(wt)?(e.consume(b),xt):K(b)}return at(b)&&a.length<8?(e.consume(b),a+=String.fromCharCode(b),At):K(b)}function Rt(b){return b===93?(e.consume(b),g):K(b)}function g(b){return b===62?(e.consume(b),xt):b===45&&r===2?(e.consume(b),g):K(b)}function xt(b){return b===null||C(b)?(e.exit("htmlFlowData"),zt(b)):(e.consume(b),xt)}function zt(b){return e.exit("htmlFlow"),t(b)}}function Sc(e,t,n){return i;function i(r){return e.enter("lineEnding"),e.consume(r),e.exit("lineEnding"),e.attempt(te,t,n)}}var Wi={name:"htmlText",tokenize:Tc};function Tc(e,t,n){let i=this,r,o,a;return s;function s(g){return e.enter("htmlText"),e.enter("htmlTextData"),e.consume(g),u}function u(g){return g===33?(e.consume(g),h):g===47?(e.consume(g),B):g===63?(e.consume(g),T):at(g)?(e.consume(g),V):n(g)}function h(g){return g===45?(e.consume(g),d):g===91?(e.consume(g),o=0,x):at(g)?(e.consume(g),D):n(g)}function d(g){return g===45?(e.consume(g),p):n(g)}function m(g){return g===null?n(g):g===45?(e.consume(g),f):C(g)?(a=m,ot(g)):(e.consume(g),m)}function f(g){return g===45?(e.consume(g),p):m(g)}function p(g){return g===62?nt(g):g===45?f(g):m(g)}function x(g){let xt="CDATA[";return g===xt.charCodeAt(o++)?(e.consume(g),o===xt.length?M:x):n(g)}function M(g){return g===null?n(g):g===93?(e.consume(g),S):C(g)?(a=M,ot(g)):(e.consume(g),M)}function S(g){return g===93?(e.consume(g),v):M(g)}function v(g){return g===62?nt(g):g===93?(e.consume(g),v):M(g)}function D(g){return g===null||g===62?nt(g):C(g)?(a=D,ot(g)):(e.consume(g),D)}function T(g){return g===null?n(g):g===63?(e.consume(g),P):C(g)?(a=T,ot(g)):(e.consume(g),T)}function P(g){return g===62?nt(g):T(g)}function B(g){return at(g)?(e.consume(g),k):n(g)}function k(g){return g===45||st(g)?(e.consume(g),k):z(g)}function z(g){return C(g)?(a=z,ot(g)):N(g)?(e.consume(g),z):nt(g)}function V(g){return g===45||st(g)?(e.consume(g),V):g===47||g===62||q(g)?et(g):n(g)}function et(g){return g===47?(e.consume(g),nt):g===58||g===95||at(g)?(e.consume(g),y):C(g)?(a=et,ot(g)):N(g)?(e.consume(g),et):nt(g)}function y(g){return g===45||g===46||g===58||g===95||st(g)?(e.consume(g),y):$(g)}function $(g){return g===61?(e.consume(g),K):C(g)?(a=$,ot(g)):N(g)?(e.consume(g),$):et(g)}function K(g){return g===null||g===60||g===61||g===62||g===96?n(g):g===34||g===39?(e.consume(g),r=g,A):C(g)?(a=K,ot(g)):N(g)?(e.consume(g),K):(e.consume(g),U)}function A(g){return g===r?(e.consume(g),r=void 0,H):g===null?n(g):C(g)?(a=A,ot(g)):(e.consume(g),A)}function U(g){return g===null||g===34||g===39||g===60||g===61||g===96?n(g):g===47||g===62||q(g)?et(g):(e.consume(g),U)}function H(g){return g===47||g===62||q(g)?et(g):n(g)}function nt(g){return g===62?(e.consume(g),e.exit("htmlTextData"),e.exit("htmlText"),t):n(g)}function ot(g){return e.exit("htmlTextData"),e.enter("lineEnding"),e.consume(g),e.exit("lineEnding"),At}function At(g){return N(g)?L(e,Rt,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(g):Rt(g)}function Rt(g){return e.enter("htmlTextData"),a(g)}}var me={name:"labelEnd",resolveAll:Ic,resolveTo:Nc,tokenize:Rc},Cc={tokenize:Pc},Mc={tokenize:Lc},Ac={tokenize:Oc};function Ic(e){let t=-1,n=[];for(;++t<e.length;){let i=e[t][1];if(n.push(e[t]),i.type==="labelImage"||i.type==="labelLink"||i.type==="labelEnd"){let r=i.type==="labelImage"?4:2;i.type="data",t+=r}}return e.length!==n.length&&lt(e,0,e.length,n),e}function Nc(e,t){let n=e.length,i=0,r,o,a;for(;n--;){let d=e[n][1];if(r){if(d.type==="link"||d.type==="labelLink"&&d._inactive)break;e[n][0]==="enter"&&d.type==="labelLink"&&(d._inactive=!0)}else if(o){if(e[n][0]==="enter"&&(d.type==="labelImage"||d.type==="labelLink")&&!d._balanced&&(r=n,d.type!=="labelLink")){i=2;break}}else d.type==="labelEnd"&&(o=n)}let s={type:e[r][1].type==="labelLink"?"link":"image",start:{...e[r][1].start},end:{...e[e.length-1][1].end}},u={type:"label",start:{...e[r][1].start},end:{...e[o][1].end}},h={type:"labelText",start:{...e[r+i+2][1].end},end:{...e[o-2][1].start}};return a=[["enter",s,t],["enter",u,t]],a=pt(a,e.slice(r+1,r+i+3)),a=pt(a,[["enter",h,t]]),a=pt(a,Xt(t.parser.constructs.insideSpan.null,e.slice(r+i+4,o-3),t)),a=pt(a,[["exit",h,t],e[o-2],e[o-1],["exit",u,t]]),a=pt(a,e.slice(o+1)),a=pt(a,[["exit",s,t]]),lt(e,r,e.length,a),e}function Rc(e,t,n){let i=this,r=i._labelStarts,o,a;if(r){for(;r.length>0&&r[r.length-1]._balanced;)r.pop();o=r[r.length-1]}return s;function s(f){return o?o._inactive?m(f):(a=i.parser.defined.includes(qt(i.sliceSerialize({start:o.end,end:i.now()}))),e.enter("labelEnd"),e.enter("labelMarker"),e.consume(f),e.exit("labelMarker"),e.exit("labelEnd"),u):n(f)}function u(f){return f===40?e.attempt(Cc,d,a?d:m)(f):f===91?e.attempt(Mc,d,a?h:m)(f):a?d(f):m(f)}function h(f){return e.attempt(Ac,d,m)(f)}function d(f){return r.pop(),t(f)}function m(f){return o._balanced=!0,n(f)}}function Pc(e,t,n){return i;function i(m){return e.enter("resource"),e.enter("resourceMarker"),e.consume(m),e.exit("resourceMarker"),r}function r(m){return q(m)?he(e,o)(m):o(m)}function o(m){return m===41?d(m):Ln(e,a,s,"resourceDestination","resourceDestinationLiteral","resourceDestinationLiteralMarker","resourceDestinationRaw","resourceDestinationString",32)(m)}function a(m){return q(m)?he(e,u)(m):d(m)}function s(m){return n(m)}function u(m){return m===34||m===39||m===40?Dn(e,h,n,"resourceTitle","resourceTitleMarker","resourceTitleString")(m):d(m)}function h(m){return q(m)?he(e,d)(m):d(m)}function d(m){return m===41?(e.enter("resourceMarker"),e.consume(m),e.exit("resourceMarker"),e.exit("resource"),t):n(m)}}function Lc(e,t,n){let i=this;return r;function r(s){return On.call(i,e,o,a,"reference","referenceMarker","referenceString")(s)}function o(s){return i.parser.defined.includes(qt(i.sliceSerialize(i.events[i.events.length-1][1]).slice(1,-1)))?t(s):n(s)}function a(s){return n(s)}}function Oc(e,t,n){return i;function i(o){return e.enter("reference"),e.enter("referenceMarker"),e.consume(o),e.exit("referenceMarker"),r}function r(o){return o===93?(e.enter("referenceMarker"),e.consume(o),e.exit("referenceMarker"),e.exit("reference"),t):n(o)}}var Yi={name:"labelStartImage",resolveAll:me.resolveAll,tokenize:Dc};function Dc(e,t,n){let i=this,r;return o;function o(u){return e.enter("labelImage"),e.enter("labelImageMarker"),e.consume(u),e.exit("labelImageMarker"),a}function a(u){return u===91?(e.enter("labelMarker"),e.consume(u),e.exit("labelMarker"),r=e.exit("labelImage"),s):n(u)}function s(u){return u===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(u):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),t(u))}}var Ji={name:"labelStartLink",resolveAll:me.resolveAll,tokenize:_c};function _c(e,t,n){let i=this,r;return o;function o(s){return e.enter("labelLink"),e.enter("labelMarker"),e.consume(s),e.exit("labelMarker"),r=e.exit("labelLink"),a}function a(s){return s===94&&"_hiddenFootnoteSupport"in i.parser.constructs?n(s):(i._labelStarts=i._labelStarts||[],i._labelStarts.push(r),t(s))}}var Ze={name:"lineEnding",tokenize:zc};function zc(e,t){return n;function n(i){return e.enter("lineEnding"),e.consume(i),e.exit("lineEnding"),L(e,t,"linePrefix")}}var pe={name:"thematicBreak",tokenize:jc};function jc(e,t,n){let i=0,r;return o;function o(h){return e.enter("thematicBreak"),a(h)}function a(h){return r=h,s(h)}function s(h){return h===r?(e.enter("thematicBreakSequence"),u(h)):i>=3&&(h===null||C(h))?(e.exit("thematicBreak"),t(h)):n(h)}function u(h){return h===r?(e.consume(h),i++,u):(e.exit("thematicBreakSequence"),N(h)?L(e,s,"whitespace")(h):s(h))}}var ht={continuation:{tokenize:Uc},exit:$c,name:"list",tokenize:Bc},Hc={partial:!0,tokenize:Gc},Fc={partial:!0,tokenize:qc};function Bc(e,t,n){let i=this,r=i.events[i.events.length-1],o=r&&r[1].type==="linePrefix"?r[2].sliceSerialize(r[1],!0).length:0,a=0;return s;function s(p){let x=i.containerState.type||(p===42||p===43||p===45?"listUnordered":"listOrdered");if(x==="listUnordered"?!i.containerState.marker||p===i.containerState.marker:Ve(p)){if(i.containerState.type||(i.containerState.type=x,e.enter(x,{_container:!0})),x==="listUnordered")return e.enter("listItemPrefix"),p===42||p===45?e.check(pe,n,h)(p):h(p);if(!i.interrupt||p===49)return e.enter("listItemPrefix"),e.enter("listItemValue"),u(p)}return n(p)}function u(p){return Ve(p)&&++a<10?(e.consume(p),u):(!i.interrupt||a<2)&&(i.containerState.marker?p===i.containerState.marker:p===41||p===46)?(e.exit("listItemValue"),h(p)):n(p)}function h(p){return e.enter("listItemMarker"),e.consume(p),e.exit("listItemMarker"),i.containerState.marker=i.containerState.marker||p,e.check(te,i.interrupt?n:d,e.attempt(Hc,f,m))}function d(p){return i.containerState.initialBlankLine=!0,o++,f(p)}function m(p){return N(p)?(e.enter("listItemPrefixWhitespace"),e.consume(p),e.exit("listItemPrefixWhitespace"),f):n(p)}function f(p){return i.containerState.size=o+i.sliceSerialize(e.exit("listItemPrefix"),!0).length,t(p)}}function Uc(e,t,n){let i=this;return i.containerState._closeFlow=void 0,e.check(te,r,o);function r(s){return i.containerState.furtherBlankLines=i.containerState.furtherBlankLines||i.containerState.initialBlankLine,L(e,t,"listItemIndent",i.containerState.size+1)(s)}function o(s){return i.containerState.furtherBlankLines||!N(s)?(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,a(s)):(i.containerState.furtherBlankLines=void 0,i.containerState.initialBlankLine=void 0,e.attempt(Fc,t,a)(s))}function a(s){return i.containerState._closeFlow=!0,i.interrupt=void 0,L(e,e.attempt(ht,t,n),"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(s)}}function qc(e,t,n){let i=this;return L(e,r,"listItemIndent",i.containerState.size+1);function r(o){let a=i.events[i.events.length-1];return a&&a[1].type==="listItemIndent"&&a[2].sliceSerialize(a[1],!0).length===i.containerState.size?t(o):n(o)}}function $c(e){e.exit(this.containerState.type)}function Gc(e,t,n){let i=this;return L(e,r,"listItemPrefixWhitespace",i.parser.constructs.disable.null.includes("codeIndented")?void 0:5);function r(o){let a=i.events[i.events.length-1];return!N(o)&&a&&a[1].type==="listItemPrefixWhitespace"?t(o):n(o)}}var _n={name:"setextUnderline",resolveTo:Vc,tokenize:Kc};function Vc(e,t){let n=new $t,i=e.length,r,o,a;for(;i--;)if(e[i][0]==="enter"){if(e[i][1].type==="content"){r=i;break}e[i][1].type==="paragraph"&&(o=i)}else e[i][1].type==="content"&&n.add(i,1,[]),!a&&e[i][1].type==="definition"&&(a=i);let s={type:"setextHeading",start:{...e[r][1].start},end:{...e[e.length-1][1].end}};return e[o][1].type="setextHeadingText",a?(n.add(o,0,[["enter",s,t]]),n.add(a+1,0,[["exit",e[r][1],t]]),e[r][1].end={...e[a][1].end}):e[r][1]=s,n.add(e.length,0,[["exit",s,t]]),n.consume(e),e}function Kc(e,t,n){let i=this,r;return o;function o(h){let d=i.events.length,m;for(;d--;)if(i.events[d][1].type!=="lineEnding"&&i.events[d][1].type!=="linePrefix"&&i.events[d][1].type!=="content"){m=i.events[d][1].type==="paragraph";break}return!i.parser.lazy[i.now().line]&&(i.interrupt||m)?(e.enter("setextHeadingLine"),r=h,a(h)):n(h)}function a(h){return e.enter("setextHeadingLineSequence"),s(h)}function s(h){return h===r?(e.consume(h),s):(e.exit("setextHeadingLineSequence"),N(h)?L(e,u,"lineSuffix")(h):u(h))}function u(h){return h===null||C(h)?(e.exit("setextHeadingLine"),t(h)):n(h)}}var Qo={tokenize:Wc};function Wc(e){let t=this,n=e.attempt(te,i,e.attempt(this.parser.constructs.flowInitial,r,L(e,e.attempt(this.parser.constructs.flow,r,e.attempt(Ui,r)),"linePrefix")));return n;function i(o){if(o===null){e.consume(o);return}return e.enter("lineEndingBlank"),e.consume(o),e.exit("lineEndingBlank"),t.currentConstruct=void 0,n}function r(o){if(o===null){e.consume(o);return}return e.enter("lineEnding"),e.consume(o),e.exit("lineEnding"),t.currentConstruct=void 0,n}}var Xo={resolveAll:ia()},ta=na("string"),ea=na("text");function na(e){return{resolveAll:ia(e==="text"?Yc:void 0),tokenize:t};function t(n){let i=this,r=this.parser.constructs[e],o=n.attempt(r,a,s);return a;function a(d){return h(d)?o(d):s(d)}function s(d){if(d===null){n.consume(d);return}return n.enter("data"),n.consume(d),u}function u(d){return h(d)?(n.exit("data"),o(d)):(n.consume(d),u)}function h(d){if(d===null)return!0;let m=r[d],f=-1;if(m)for(;++f<m.length;){let p=m[f];if(!p.previous||p.previous.call(i,i.previous))return!0}return!1}}}function ia(e){return t;function t(n,i){let r=-1,o;for(;++r<=n.length;)o===void 0?n[r]&&n[r][1].type==="data"&&(o=r,r++):(!n[r]||n[r][1].type!=="data")&&(r!==o+2&&(n[o][1].end=n[r-1][1].end,n.splice(o+2,r-o-2),r=o+2),o=void 0);return e?e(n,i):n}}function Yc(e,t){let n=new $t,i=0;for(;++i<=e.length;)if((i===e.length||e[i][1].type==="lineEnding")&&e[i-1][1].type==="data"){let r=e[i-1][1],o=t.sliceStream(r),a=o.length,s=-1,u=0,h;for(;a--;){let d=o[a];if(typeof d=="string"){for(s=d.length;d.charCodeAt(s-1)===32;)u++,s--;if(s)break;s=-1}else if(d===-2)h=!0,u++;else if(d!==-1){a++;break}}if(t._contentTypeTextTrailing&&i===e.length&&(u=0),u){let d={type:i===e.length||h||u<2?"lineSuffix":"hardBreakTrailing",start:{_bufferIndex:a?s:r.start._bufferIndex+s,_index:r.start._index+a,line:r.end.line,column:r.end.column-u,offset:r.end.offset-u},end:{...r.end}};r.end={...d.start},r.start.offset===r.end.offset?Object.assign(r,d):n.add(i,0,[["enter",d,t],["exit",d,t]])}i++}return n.consume(e),e}var Zi={};Pr(Zi,{attentionMarkers:()=>iu,contentInitial:()=>Zc,disable:()=>ru,document:()=>Jc,flow:()=>Xc,flowInitial:()=>Qc,insideSpan:()=>nu,string:()=>tu,text:()=>eu});var Jc={42:ht,43:ht,45:ht,48:ht,49:ht,50:ht,51:ht,52:ht,53:ht,54:ht,55:ht,56:ht,57:ht,62:Mn},Zc={91:qi},Qc={[-2]:Ye,[-1]:Ye,32:Ye},Xc={35:Gi,42:pe,45:[_n,pe],60:Ki,61:_n,95:pe,96:Nn,126:Nn},tu={38:In,92:An},eu={[-5]:Ze,[-4]:Ze,[-3]:Ze,33:Yi,38:In,42:Ke,60:[Fi,Wi],91:Ji,92:[$i,An],93:me,95:Ke,96:Bi},nu={null:[Ke,Xo]},iu={null:[42,95]},ru={null:[]};function ra(e,t,n){let i={_bufferIndex:-1,_index:0,line:n&&n.line||1,column:n&&n.column||1,offset:n&&n.offset||0},r={},o=[],a=[],s=[],u=!0,h={attempt:et(z),check:et(V),consume:P,enter:B,exit:k,interrupt:et(V,{interrupt:!0})},d={code:null,containerState:{},defineSkip:v,events:[],now:S,parser:e,previous:null,sliceSerialize:x,sliceStream:M,write:p},m=t.tokenize.call(d,h),f;return t.resolveAll&&o.push(t),d;function p(A){return a=pt(a,A),D(),a[a.length-1]!==null?[]:(y(t,0),d.events=Xt(o,d.events,d),d.events)}function x(A,U){return au(M(A),U)}function M(A){return ou(a,A)}function S(){let{_bufferIndex:A,_index:U,line:H,column:nt,offset:ot}=i;return{_bufferIndex:A,_index:U,line:H,column:nt,offset:ot}}function v(A){r[A.line]=A.column,K()}function D(){for(;i._index<a.length;){let A=a[i._index];if(typeof A=="string"){let U=i._index;for(i._bufferIndex<0&&(i._bufferIndex=0);i._index===U&&i._bufferIndex<A.length;)T(A.charCodeAt(i._bufferIndex))}else T(A)}}function T(A){u=void 0,f=A,m=m(A)}function P(A){C(A)?(i.line++,i.column=1,i.offset+=A===-3?2:1,K()):A!==-1&&(i.column++,i.offset++),i._bufferIndex<0?i._index++:(i._bufferIndex++,i._bufferIndex===a[i._index].length&&(i._bufferIndex=-1,i._index++)),d.previous=A,u=!0}function B(A,U){let H=U||{};return H.type=A,H.start=S(),d.events.push(["enter",H,d]),s.push(H),H}function k(A){let U=s.pop();return U.end=S(),d.events.push(["exit",U,d]),U}function z(A,U){y(A,U.from)}function V(A,U){U.restore()}function et(A,U){return H;function H(nt,ot,At){let Rt,g,xt,zt;return Array.isArray(nt)?wt(nt):"tokenize"in nt?wt([nt]):b(nt);function b(ct){return De;function De(jt){let we=jt!==null&&ct[jt],re=jt!==null&&ct.null,fi=[...Array.isArray(we)?we:we?[we]:[],...Array.isArray(re)?re:re?[re]:[]];return wt(fi)(jt)}}function wt(ct){return Rt=ct,g=0,ct.length===0?At:ye(ct[g])}function ye(ct){return De;function De(jt){return zt=$(),xt=ct,ct.partial||(d.currentConstruct=ct),ct.name&&d.parser.constructs.disable.null.includes(ct.name)?on(jt):ct.tokenize.call(U?Object.assign(Object.create(d),U):d,h,rn,on)(jt)}}function rn(ct){return u=!0,A(xt,zt),ot}function on(ct){return u=!0,zt.restore(),++g<Rt.length?ye(Rt[g]):At}}}function y(A,U){A.resolveAll&&!o.includes(A)&&o.push(A),A.resolve&&lt(d.events,U,d.events.length-U,A.resolve(d.events.slice(U),d)),A.resolveTo&&(d.events=A.resolveTo(d.events,d))}function $(){let A=S(),U=d.previous,H=d.currentConstruct,nt=d.events.length,ot=Array.from(s);return{from:nt,restore:At};function At(){i=A,d.previous=U,d.currentConstruct=H,d.events.length=nt,s=ot,K()}}function K(){i.line in r&&i.column<2&&(i.column=r[i.line],i.offset+=r[i.line]-1)}}function ou(e,t){let n=t.start._index,i=t.start._bufferIndex,r=t.end._index,o=t.end._bufferIndex,a;if(n===r)a=[e[n].slice(i,o)];else{if(a=e.slice(n,r),i>-1){let s=a[0];typeof s=="string"?a[0]=s.slice(i):a.shift()}o>0&&a.push(e[r].slice(0,o))}return a}function au(e,t){let n=-1,i=[],r;for(;++n<e.length;){let o=e[n],a;if(typeof o=="string")a=o;else switch(o){case-5:{a="\r";break}case-4:{a=`
`;break}case-3:{a=`\r
`;break}case-2:{a=t?" ":"	";break}case-1:{if(!t&&r)continue;a=" ";break}default:a=String.fromCharCode(o)}r=o===-2,i.push(a)}return i.join("")}function Qi(e){let i={constructs:Uo([Zi,...(e||{}).extensions||[]]),content:r(Vo),defined:[],document:r(Yo),flow:r(Qo),lazy:{},string:r(ta),text:r(ea)};return i;function r(o){return a;function a(s){return ra(i,o,s)}}}function Xi(e){for(;!Pn(e););return e}var oa=/[\0\t\n\r]/g;function tr(){let e=1,t="",n=!0,i;return r;function r(o,a,s){o=t+(typeof o=="string"?o.toString():new TextDecoder(a||void 0).decode(o));let u=[],h=0;for(t="",n&&(o.charCodeAt(0)===65279&&h++,n=void 0);h<o.length;){oa.lastIndex=h;let d=oa.exec(o),m=d&&d.index!==void 0?d.index:o.length,f=o.charCodeAt(m);if(!d){t=o.slice(h);break}if(f===10&&h===m&&i)u.push(-3),i=void 0;else switch(i&&(u.push(-5),i=void 0),h<m&&(u.push(o.slice(h,m)),e+=m-h),f){case 0:{u.push(65533),e++;break}case 9:{let p=Math.ceil(e/4)*4;for(u.push(-2);e++<p;)u.push(-1);break}case 10:{u.push(-4),e=1;break}default:i=!0,e=1}h=m+1}return s&&(i&&u.push(-5),t&&u.push(t),u.push(null)),u}}var su=/\\([!-/:-@[-`{-~])|&(#(?:\d{1,7}|x[\da-f]{1,6})|[\da-z]{1,31});/gi;function aa(e){return e.replace(su,lu)}function lu(e,t,n){if(t)return t;if(n.charCodeAt(0)===35){let r=n.charCodeAt(1),o=r===120||r===88;return Cn(n.slice(o?2:1),o?16:10)}return Te(n)||e}function Me(e){return!e||typeof e!="object"?"":"position"in e||"type"in e?sa(e.position):"start"in e||"end"in e?sa(e):"line"in e||"column"in e?er(e):""}function er(e){return la(e&&e.line)+":"+la(e&&e.column)}function sa(e){return er(e&&e.start)+"-"+er(e&&e.end)}function la(e){return e&&typeof e=="number"?e:1}var ua={}.hasOwnProperty;function nr(e,t,n){return t&&typeof t=="object"&&(n=t,t=void 0),cu(n)(Xi(Qi(n).document().write(tr()(e,t,!0))))}function cu(e){let t={afterExit:[],beforeEnter:[],transforms:[],canContainEols:["emphasis","fragment","heading","paragraph","strong"],enter:{autolink:a(Ir),autolinkProtocol:y,autolinkEmail:y,atxHeading:a(Cr),blockQuote:a(we),characterEscape:y,characterReference:y,codeFenced:a(re),codeFencedFenceInfo:s,codeFencedFenceMeta:s,codeIndented:a(re,s),codeText:a(fi,s),codeTextData:y,data:y,codeFlowValue:y,definition:a(Os),definitionDestinationString:s,definitionLabelString:s,definitionTitleString:s,emphasis:a(Ds),hardBreakEscape:a(Mr),hardBreakTrailing:a(Mr),htmlFlow:a(Ar,s),htmlFlowData:y,htmlText:a(Ar,s),htmlTextData:y,image:a(_s),label:s,link:a(Ir),listItem:a(zs),listItemValue:p,listOrdered:a(Nr,f),listUnordered:a(Nr),paragraph:a(js),reference:wt,referenceString:s,resourceDestinationString:s,resourceTitleString:s,setextHeading:a(Cr),strong:a(Hs),thematicBreak:a(Bs)},exit:{atxHeading:h(),atxHeadingSequence:k,autolink:h(),autolinkEmail:jt,autolinkProtocol:De,blockQuote:h(),characterEscapeValue:$,characterReferenceMarkerHexadecimal:rn,characterReferenceMarkerNumeric:rn,characterReferenceValue:on,characterReference:ct,codeFenced:h(v),codeFencedFence:S,codeFencedFenceInfo:x,codeFencedFenceMeta:M,codeFlowValue:$,codeIndented:h(D),codeText:h(nt),codeTextData:$,data:$,definition:h(),definitionDestinationString:B,definitionLabelString:T,definitionTitleString:P,emphasis:h(),hardBreakEscape:h(A),hardBreakTrailing:h(A),htmlFlow:h(U),htmlFlowData:$,htmlText:h(H),htmlTextData:$,image:h(At),label:g,labelText:Rt,lineEnding:K,link:h(ot),listItem:h(),listOrdered:h(),listUnordered:h(),paragraph:h(),referenceString:ye,resourceDestinationString:xt,resourceTitleString:zt,resource:b,setextHeading:h(et),setextHeadingLineSequence:V,setextHeadingText:z,strong:h(),thematicBreak:h()}};da(t,(e||{}).mdastExtensions||[]);let n={};return i;function i(w){let E={type:"root",children:[],position:void 0},_={stack:[E],tokenStack:[],config:t,enter:u,exit:d,buffer:s,resume:m,data:n},j=[],gt=[],W=-1;for(;++W<w.length;)if(gt.push(w[W]),w[W][1].type==="listOrdered"||w[W][1].type==="listUnordered")if(w[W][0]==="enter")j.push(gt.length-1);else{let bt=j.pop();o(gt,bt)}for(w=gt,W=-1;++W<w.length;){let bt=t[w[W][0]];w[W][0]==="enter"&&t.beforeEnter.length>0&&r(t.beforeEnter,{..._,sliceSerialize:w[W][2].sliceSerialize},w[W][1]),ua.call(bt,w[W][1].type)&&bt[w[W][1].type].call({..._,sliceSerialize:w[W][2].sliceSerialize},w[W][1]),w[W][0]==="exit"&&t.afterExit.length>0&&r(t.afterExit,{..._,sliceSerialize:w[W][2].sliceSerialize},w[W][1])}if(_.tokenStack.length>0){let bt=_.tokenStack[_.tokenStack.length-1];(bt[1]||ca).call(_,void 0,bt[0])}for(E.position={start:ee(w.length>0?w[0][1].start:{line:1,column:1,offset:0}),end:ee(w.length>0?w[w.length-2][1].end:{line:1,column:1,offset:0})},W=-1;++W<t.transforms.length;)E=t.transforms[W](E)||E;return E}function r(w,E,_){let j=-1;for(;++j<w.length;)w[j].call(E,_)}function o(w,E){let _=w.length-1,j=E-1,gt=-1,W=!1,bt,Pt,_e,ze,je=[];for(;++j<=_;){let kt=w[j];switch(kt[1].type){case"listUnordered":case"listOrdered":case"blockQuote":{kt[0]==="enter"?gt++:gt--,ze=void 0;break}case"lineEndingBlank":{kt[0]==="enter"&&(bt&&!ze&&!gt&&!_e&&(_e=j),ze=void 0);break}case"linePrefix":case"listItemValue":case"listItemMarker":case"listItemPrefix":case"listItemPrefixWhitespace":break;default:ze=void 0}if(!gt&&kt[0]==="enter"&&kt[1].type==="listItemPrefix"||gt===-1&&kt[0]==="exit"&&(kt[1].type==="listUnordered"||kt[1].type==="listOrdered")){if(bt){let ke=j;for(Pt=void 0;ke--;){let Ht=w[ke];if(Ht[1].type==="lineEnding"||Ht[1].type==="lineEndingBlank"){if(Ht[0]==="exit")continue;Pt&&(w[Pt][1].type="lineEndingBlank",W=!0),Ht[1].type="lineEnding",Pt=ke}else if(!(Ht[1].type==="linePrefix"||Ht[1].type==="blockQuotePrefix"||Ht[1].type==="blockQuotePrefixWhitespace"||Ht[1].type==="blockQuoteMarker"||Ht[1].type==="listItemIndent"))break}_e&&(!Pt||_e<Pt)&&(bt._spread=!0),bt.end=Object.assign({},Pt?w[Pt][1].start:kt[1].end),je.push({at:Pt||j,event:["exit",bt,kt[2]]})}if(kt[1].type==="listItemPrefix"){let ke={type:"listItem",_spread:!1,start:Object.assign({},kt[1].start),end:void 0};bt=ke,je.push({at:j,event:["enter",ke,kt[2]]}),_e=void 0,ze=!0}}}let Rr=w.splice(E),gi=0;for(j=-1;++j<Rr.length;){for(;gi<je.length&&je[gi].at===E+j;)w.push(je[gi++].event);w.push(Rr[j])}w[E][1]._spread=W}function a(w,E){return _;function _(j){u.call(this,w(j),j),E&&E.call(this,j)}}function s(){this.stack.push({type:"fragment",children:[]})}function u(w,E,_){this.stack[this.stack.length-1].children.push(w),this.stack.push(w),this.tokenStack.push([E,_||void 0]),w.position={start:ee(E.start),end:void 0}}function h(w){return E;function E(_){w&&w.call(this,_),d.call(this,_)}}function d(w,E){let _=this.stack.pop(),j=this.tokenStack.pop();if(!j)throw new Error("Cannot close `"+w.type+"` ("+Me({start:w.start,end:w.end})+"): it’s not open");j[0].type!==w.type&&(E?E.call(this,w,j[0]):(j[1]||ca).call(this,w,j[0])),_.position.end=ee(w.end)}function m(){return ji(this.stack.pop())}function f(){this.data.expectingFirstListItemValue=!0}function p(w){if(this.data.expectingFirstListItemValue){let E=this.stack[this.stack.length-2];E.start=Number.parseInt(this.sliceSerialize(w),10),this.data.expectingFirstListItemValue=void 0}}function x(){let w=this.resume(),E=this.stack[this.stack.length-1];E.lang=w}function M(){let w=this.resume(),E=this.stack[this.stack.length-1];E.meta=w}function S(){this.data.flowCodeInside||(this.buffer(),this.data.flowCodeInside=!0)}function v(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w.replace(/^(\r?\n|\r)|(\r?\n|\r)$/g,""),this.data.flowCodeInside=void 0}function D(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w.replace(/(\r?\n|\r)$/g,"")}function T(w){let E=this.resume(),_=this.stack[this.stack.length-1];_.label=E,_.identifier=qt(this.sliceSerialize(w)).toLowerCase()}function P(){let w=this.resume(),E=this.stack[this.stack.length-1];E.title=w}function B(){let w=this.resume(),E=this.stack[this.stack.length-1];E.url=w}function k(w){let E=this.stack[this.stack.length-1];if(!E.depth){let _=this.sliceSerialize(w).length;E.depth=_}}function z(){this.data.setextHeadingSlurpLineEnding=!0}function V(w){let E=this.stack[this.stack.length-1];E.depth=this.sliceSerialize(w).codePointAt(0)===61?1:2}function et(){this.data.setextHeadingSlurpLineEnding=void 0}function y(w){let _=this.stack[this.stack.length-1].children,j=_[_.length-1];(!j||j.type!=="text")&&(j=Fs(),j.position={start:ee(w.start),end:void 0},_.push(j)),this.stack.push(j)}function $(w){let E=this.stack.pop();E.value+=this.sliceSerialize(w),E.position.end=ee(w.end)}function K(w){let E=this.stack[this.stack.length-1];if(this.data.atHardBreak){let _=E.children[E.children.length-1];_.position.end=ee(w.end),this.data.atHardBreak=void 0;return}!this.data.setextHeadingSlurpLineEnding&&t.canContainEols.includes(E.type)&&(y.call(this,w),$.call(this,w))}function A(){this.data.atHardBreak=!0}function U(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function H(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function nt(){let w=this.resume(),E=this.stack[this.stack.length-1];E.value=w}function ot(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let E=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=E,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function At(){let w=this.stack[this.stack.length-1];if(this.data.inReference){let E=this.data.referenceType||"shortcut";w.type+="Reference",w.referenceType=E,delete w.url,delete w.title}else delete w.identifier,delete w.label;this.data.referenceType=void 0}function Rt(w){let E=this.sliceSerialize(w),_=this.stack[this.stack.length-2];_.label=aa(E),_.identifier=qt(E).toLowerCase()}function g(){let w=this.stack[this.stack.length-1],E=this.resume(),_=this.stack[this.stack.length-1];if(this.data.inReference=!0,_.type==="link"){let j=w.children;_.children=j}else _.alt=E}function xt(){let w=this.resume(),E=this.stack[this.stack.length-1];E.url=w}function zt(){let w=this.resume(),E=this.stack[this.stack.length-1];E.title=w}function b(){this.data.inReference=void 0}function wt(){this.data.referenceType="collapsed"}function ye(w){let E=this.resume(),_=this.stack[this.stack.length-1];_.label=E,_.identifier=qt(this.sliceSerialize(w)).toLowerCase(),this.data.referenceType="full"}function rn(w){this.data.characterReferenceType=w.type}function on(w){let E=this.sliceSerialize(w),_=this.data.characterReferenceType,j;_?(j=Cn(E,_==="characterReferenceMarkerNumeric"?10:16),this.data.characterReferenceType=void 0):j=Te(E);let gt=this.stack[this.stack.length-1];gt.value+=j}function ct(w){let E=this.stack.pop();E.position.end=ee(w.end)}function De(w){$.call(this,w);let E=this.stack[this.stack.length-1];E.url=this.sliceSerialize(w)}function jt(w){$.call(this,w);let E=this.stack[this.stack.length-1];E.url="mailto:"+this.sliceSerialize(w)}function we(){return{type:"blockquote",children:[],position:void 0}}function re(){return{type:"code",lang:null,meta:null,value:"",position:void 0}}function fi(){return{type:"inlineCode",value:"",position:void 0}}function Os(){return{type:"definition",identifier:"",label:null,title:null,url:"",position:void 0}}function Ds(){return{type:"emphasis",children:[],position:void 0}}function Cr(){return{type:"heading",depth:0,children:[],position:void 0}}function Mr(){return{type:"break",position:void 0}}function Ar(){return{type:"html",value:"",position:void 0}}function _s(){return{type:"image",title:null,url:"",alt:null,position:void 0}}function Ir(){return{type:"link",title:null,url:"",children:[],position:void 0}}function Nr(w){return{type:"list",ordered:w.type==="listOrdered",start:null,spread:w._spread,children:[],position:void 0}}function zs(w){return{type:"listItem",spread:w._spread,checked:null,children:[],position:void 0}}function js(){return{type:"paragraph",children:[],position:void 0}}function Hs(){return{type:"strong",children:[],position:void 0}}function Fs(){return{type:"text",value:"",position:void 0}}function Bs(){return{type:"thematicBreak",position:void 0}}}function ee(e){return{line:e.line,column:e.column,offset:e.offset}}function da(e,t){let n=-1;for(;++n<t.length;){let i=t[n];Array.isArray(i)?da(e,i):uu(e,i)}}function uu(e,t){let n;for(n in t)if(ua.call(t,n))switch(n){case"canContainEols":{let i=t[n];i&&e[n].push(...i);break}case"transforms":{let i=t[n];i&&e[n].push(...i);break}case"afterExit":case"beforeEnter":{let i=t[n];i&&e[n].push(i);break}case"enter":case"exit":{let i=t[n];i&&Object.assign(e[n],i);break}}}function ca(e,t){throw e?new Error("Cannot close `"+e.type+"` ("+Me({start:e.start,end:e.end})+"): a different token (`"+t.type+"`, "+Me({start:t.start,end:t.end})+") is open"):new Error("Cannot close document, a token (`"+t.type+"`, "+Me({start:t.start,end:t.end})+") is still open")}function ir(e,t){let n=String(e);if(typeof t!="string")throw new TypeError("Expected character");let i=0,r=n.indexOf(t);for(;r!==-1;)i++,r=n.indexOf(t,r+t.length);return i}function rr(e){if(typeof e!="string")throw new TypeError("Expected a string");return e.replace(/[|\\{}()[\]^$+*?.]/g,"\\$&").replace(/-/g,"\\x2d")}var Ae=(function(e){if(e==null)return pu;if(typeof e=="function")return zn(e);if(typeof e=="object")return Array.isArray(e)?du(e):hu(e);if(typeof e=="string")return mu(e);throw new Error("Expected function, string, or object as test")});function du(e){let t=[],n=-1;for(;++n<e.length;)t[n]=Ae(e[n]);return zn(i);function i(...r){let o=-1;for(;++o<t.length;)if(t[o].apply(this,r))return!0;return!1}}function hu(e){let t=e;return zn(n);function n(i){let r=i,o;for(o in e)if(r[o]!==t[o])return!1;return!0}}function mu(e){return zn(t);function t(n){return n&&n.type===e}}function zn(e){return t;function t(n,i,r){return!!(fu(n)&&e.call(this,n,typeof i=="number"?i:void 0,r||void 0))}}function pu(){return!0}function fu(e){return e!==null&&typeof e=="object"&&"type"in e}var ma=[],pa=!0,jn=!1,Qe="skip";function or(e,t,n,i){if(!e||typeof e!="object")throw new Error("Unexpected value `"+e+"` for `tree`, expected node");let r=!0,o,a,s,u;if(typeof n=="function"||n&&typeof n=="object"?(o=t,a=n,i&&(r=!1)):(a=t,n&&(r=!1)),typeof a=="function")s=a;else if(a&&typeof a=="object"){if(!(a.enter===null||a.enter===void 0))if(typeof a.enter=="function")s=a.enter;else throw new Error("Unexpected value `"+a.enter+"` for `visitors.enter`, expected optional visitor");if(typeof a.exit=="function")u=a.exit;else throw new Error("Unexpected value `"+a.exit+"` for `visitors.exit`, expected visitor (pass a visitor directly if you only want an enter visitor)")}else throw new Error("Unexpected value `"+a+"` for `enter` or `visitors`, expected visitor or object with visitors");let h=Ae(o),d=r?1:-1;m(e,void 0,[])();function m(f,p,x){let M=f&&typeof f=="object"?f:{};if(typeof M.type=="string"){let v=typeof M.tagName=="string"?M.tagName:typeof M.name=="string"?M.name:void 0;Object.defineProperty(S,"name",{value:"node ("+(f.type+(v?"<"+v+">":""))+")"})}return S;function S(){let v=!o||h(f,p,x[x.length-1]||void 0),D=ma;if(s&&v&&(D=ha(s(f,x,p)),D[0]===jn))return D;if("children"in f&&f.children){let T=f;if(T.children&&D[0]!==Qe){let P=(r?-1:T.children.length)+d,B=[...x,T];for(;P>-1&&P<T.children.length;){let k=T.children[P],z=m(k,P,B)();if(z[0]===jn)return z;P=typeof z[1]=="number"?z[1]:P+d}}}if(u&&v){let T=ha(u(f,x,p));if(T[0]===Qe)throw new Error("Unexpected value `"+T[0]+"` from `exit`, expected `CONTINUE`, `EXIT`, index, or nothing");if(T[0]===jn||typeof T[1]=="number")return T}return D}}}function ha(e){return Array.isArray(e)?e:typeof e=="number"?[pa,e]:e==null?ma:[e]}function ar(e,t,n){let r=Ae((n||{}).ignore||[]),o=gu(t),a=-1;for(;++a<o.length;)or(e,s);function s(h,d,m){if(h.type==="text"&&typeof m=="number")return u(h,d,m);if(r(h,m,d[d.length-1]))return Qe}function u(h,d,m){let f=d[d.length-1],p=o[a][0],x=o[a][1],M=0,S=!1,v=[];p.lastIndex=0;let D=p.exec(h.value);for(;D;){let P=D.index,B={index:D.index,input:D.input,stack:[...d,h]},k=x(...D,B);if(typeof k=="string"&&(k=k.length>0?{type:"text",value:k}:void 0),k===!1)p.lastIndex=P+1;else{if(M!==P&&T({type:"text",value:h.value.slice(M,P)}),Array.isArray(k))for(let z of k)T(z);else k&&T(k);M=P+D[0].length,S=!0}if(!p.global)break;D=p.exec(h.value)}return S?(M<h.value.length&&T({type:"text",value:h.value.slice(M)}),f.children.splice(m,1,...v)):v=[h],m+v.length;function T(P){let B=v[v.length-1];B&&B.type==="text"&&P.type==="text"?B.value+=P.value:v.push(P)}}}function gu(e){if(!Array.isArray(e))throw new TypeError("Expected find and replace tuple or list of tuples");let t=[],n=!e[0]||Array.isArray(e[0])?e:[e],i=-1;for(;++i<n.length;){let r=n[i];t.push([bu(r[0]),yu(r[1])])}return t}function bu(e){return typeof e=="string"?new RegExp(rr(e),"g"):e}function yu(e){return typeof e=="function"?e:function(){return e}}function lr(){return{transforms:[Su],enter:{literalAutolink:wu,literalAutolinkEmail:sr,literalAutolinkHttp:sr,literalAutolinkWww:sr},exit:{literalAutolink:Eu,literalAutolinkEmail:xu,literalAutolinkHttp:ku,literalAutolinkWww:vu}}}function wu(e){this.enter({type:"link",title:null,url:"",children:[],position:void 0},e)}function sr(e){this.config.enter.autolinkProtocol.call(this,e)}function ku(e){this.config.exit.autolinkProtocol.call(this,e)}function vu(e){this.config.exit.data.call(this,e);let t=this.stack[this.stack.length-1];t.type,t.url="http://"+this.sliceSerialize(e)}function xu(e){this.config.exit.autolinkEmail.call(this,e)}function Eu(e){this.exit(e)}function Su(e){ar(e,[[/(?<![\da-z])(https?:\/\/|www(?=\.))([\w-]*\.[\w\-.]*)([^\t\n\r ]*)/gi,Tu],[/(?<![\w+\-.@])xmpp:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)(\/(?:[\w\-/]|\.(?=[\dA-Za-z]))*)?/g,Au],[/(?<![\w+\-.@])mailto:([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,Mu],[/(?<![\w+\-.]|(?:^|[^\d@A-Za-z])(?:mailto|xmpp):)([\w+\-.]+)@([\w-]+(?:\.[\w-]+)+)/g,Cu]],{ignore:["link","linkReference"]})}function Tu(e,t,n,i,r){if(!Ru(r))return!1;let o="";if(/^w/i.test(t)&&(n=t+n,t="",o="http://"),Zt(n.charCodeAt(0))||!Iu(n))return!1;let a=Nu(n+i),s={type:"link",title:null,url:o+t+a[0],children:[{type:"text",value:t+a[0],position:void 0}],position:void 0};return a[1]?[s,{type:"text",value:a[1],position:void 0}]:s}function Cu(e,t,n){return/[\d\-_]$/.test(n)?!1:{type:"link",title:null,url:"mailto:"+t+"@"+n,children:[{type:"text",value:t+"@"+n,position:void 0}],position:void 0}}function Mu(e,t,n){if(/[\d\-_]$/.test(n))return!1;let i="mailto:"+t+"@"+n;return{type:"link",title:null,url:i,children:[{type:"text",value:i,position:void 0}],position:void 0}}function Au(e,t,n,i,r){if(/[\d\-_]$/.test(n)||i&&(!/[A-Za-z]$/.test(i)||r.input.charAt(r.index+e.length)==="@"))return!1;let o="xmpp:"+t+"@"+n+(i||"");return{type:"link",title:null,url:o,children:[{type:"text",value:o,position:void 0}],position:void 0}}function Iu(e){let t=e.split(".");return!(t.length<2||t[t.length-1]&&(/_/.test(t[t.length-1])||!/[\dA-Za-z]/.test(t[t.length-1]))||t[t.length-2]&&(/_/.test(t[t.length-2])||!/[\dA-Za-z]/.test(t[t.length-2])))}function Nu(e){let t=e.length;for(;t>0;){let a=e.charCodeAt(t-1);if(a===33||a===34||a===38||a===39||a===41||a===44||a===46||a===58||a===59||a===60||a===62||a===63||a===93||a===125)t--;else break}if(t===e.length)return[e,void 0];let n=e.slice(t);e=e.slice(0,t);let i=n.indexOf(")"),r=ir(e,"("),o=ir(e,")");for(;i!==-1&&r>o;)e+=n.slice(0,i+1),n=n.slice(i+1),i=n.indexOf(")"),o++;return[e,n]}function Ru(e){let t=e.input.charCodeAt(e.index-1);return e.index===0||Dt(t)||Zt(t)}fa.attention=Ou;fa.peek=Du;function cr(){return{canContainEols:["delete"],enter:{strikethrough:Pu},exit:{strikethrough:Lu}}}function Pu(e){this.enter({type:"delete",children:[],position:void 0},e)}function Lu(e){this.exit(e)}function fa(e,t,n,i){let r=n.createTracker(i),o=n.stack.includes("strikethrough")?"~":"~~",a=n.enter("strikethrough"),s=r.move(o);return s+=n.containerPhrasing(e,{...r.current(),before:s,after:"~"}),s+=r.move(o),a(),s}function Ou(){return{construct:"strikethrough",markers:["~"],sizes:[2,1]}}function Du(){return"~"}function dr(){return{enter:{table:_u,tableData:ga,tableHeader:ga,tableRow:ju},exit:{codeText:Hu,table:zu,tableData:ur,tableHeader:ur,tableRow:ur}}}function _u(e){let t=e._align;this.enter({type:"table",align:t.map(function(n){return n==="none"?null:n}),children:[],position:void 0},e),this.data.inTable=!0}function zu(e){this.exit(e),this.data.inTable=void 0}function ju(e){this.enter({type:"tableRow",children:[],position:void 0},e)}function ur(e){this.exit(e)}function ga(e){this.enter({type:"tableCell",children:[],position:void 0},e)}function Hu(e){let t=this.resume();this.data.inTable&&(t=t.replace(/\\([\\|])/g,Fu));let n=this.stack[this.stack.length-1];n.type,n.value=t,this.exit(e)}function Fu(e,t){return t==="|"?t:e}var Bu={tokenize:Vu,partial:!0},ba={tokenize:Ku,partial:!0},ya={tokenize:Wu,partial:!0},wa={tokenize:Yu,partial:!0},Uu={tokenize:Ju,partial:!0},ka={name:"wwwAutolink",tokenize:$u,previous:xa},va={name:"protocolAutolink",tokenize:Gu,previous:Ea},Gt={name:"emailAutolink",tokenize:qu,previous:Sa},_t={};function mr(){return{text:_t}}var fe=48;for(;fe<123;)_t[fe]=Gt,fe++,fe===58?fe=65:fe===91&&(fe=97);_t[43]=Gt;_t[45]=Gt;_t[46]=Gt;_t[95]=Gt;_t[72]=[Gt,va];_t[104]=[Gt,va];_t[87]=[Gt,ka];_t[119]=[Gt,ka];function qu(e,t,n){let i=this,r,o;return a;function a(m){return!hr(m)||!Sa.call(i,i.previous)||pr(i.events)?n(m):(e.enter("literalAutolink"),e.enter("literalAutolinkEmail"),s(m))}function s(m){return hr(m)?(e.consume(m),s):m===64?(e.consume(m),u):n(m)}function u(m){return m===46?e.check(Uu,d,h)(m):m===45||m===95||st(m)?(o=!0,e.consume(m),u):d(m)}function h(m){return e.consume(m),r=!0,u}function d(m){return o&&r&&at(i.previous)?(e.exit("literalAutolinkEmail"),e.exit("literalAutolink"),t(m)):n(m)}}function $u(e,t,n){let i=this;return r;function r(a){return a!==87&&a!==119||!xa.call(i,i.previous)||pr(i.events)?n(a):(e.enter("literalAutolink"),e.enter("literalAutolinkWww"),e.check(Bu,e.attempt(ba,e.attempt(ya,o),n),n)(a))}function o(a){return e.exit("literalAutolinkWww"),e.exit("literalAutolink"),t(a)}}function Gu(e,t,n){let i=this,r="",o=!1;return a;function a(m){return(m===72||m===104)&&Ea.call(i,i.previous)&&!pr(i.events)?(e.enter("literalAutolink"),e.enter("literalAutolinkHttp"),r+=String.fromCodePoint(m),e.consume(m),s):n(m)}function s(m){if(at(m)&&r.length<5)return r+=String.fromCodePoint(m),e.consume(m),s;if(m===58){let f=r.toLowerCase();if(f==="http"||f==="https")return e.consume(m),u}return n(m)}function u(m){return m===47?(e.consume(m),o?h:(o=!0,u)):n(m)}function h(m){return m===null||de(m)||q(m)||Dt(m)||Zt(m)?n(m):e.attempt(ba,e.attempt(ya,d),n)(m)}function d(m){return e.exit("literalAutolinkHttp"),e.exit("literalAutolink"),t(m)}}function Vu(e,t,n){let i=0;return r;function r(a){return(a===87||a===119)&&i<3?(i++,e.consume(a),r):a===46&&i===3?(e.consume(a),o):n(a)}function o(a){return a===null?n(a):t(a)}}function Ku(e,t,n){let i,r,o;return a;function a(h){return h===46||h===95?e.check(wa,u,s)(h):h===null||q(h)||Dt(h)||h!==45&&Zt(h)?u(h):(o=!0,e.consume(h),a)}function s(h){return h===95?i=!0:(r=i,i=void 0),e.consume(h),a}function u(h){return r||i||!o?n(h):t(h)}}function Wu(e,t){let n=0,i=0;return r;function r(a){return a===40?(n++,e.consume(a),r):a===41&&i<n?o(a):a===33||a===34||a===38||a===39||a===41||a===42||a===44||a===46||a===58||a===59||a===60||a===63||a===93||a===95||a===126?e.check(wa,t,o)(a):a===null||q(a)||Dt(a)?t(a):(e.consume(a),r)}function o(a){return a===41&&i++,e.consume(a),r}}function Yu(e,t,n){return i;function i(s){return s===33||s===34||s===39||s===41||s===42||s===44||s===46||s===58||s===59||s===63||s===95||s===126?(e.consume(s),i):s===38?(e.consume(s),o):s===93?(e.consume(s),r):s===60||s===null||q(s)||Dt(s)?t(s):n(s)}function r(s){return s===null||s===40||s===91||q(s)||Dt(s)?t(s):i(s)}function o(s){return at(s)?a(s):n(s)}function a(s){return s===59?(e.consume(s),i):at(s)?(e.consume(s),a):n(s)}}function Ju(e,t,n){return i;function i(o){return e.consume(o),r}function r(o){return st(o)?n(o):t(o)}}function xa(e){return e===null||e===40||e===42||e===95||e===91||e===93||e===126||q(e)}function Ea(e){return!at(e)}function Sa(e){return!(e===47||hr(e))}function hr(e){return e===43||e===45||e===46||e===95||st(e)}function pr(e){let t=e.length,n=!1;for(;t--;){let i=e[t][1];if((i.type==="labelLink"||i.type==="labelImage")&&!i._balanced){n=!0;break}if(i._gfmAutolinkLiteralWalkedInto){n=!1;break}}return e.length>0&&!n&&(e[e.length-1][1]._gfmAutolinkLiteralWalkedInto=!0),n}function fr(e){let n=(e||{}).singleTilde,i={name:"strikethrough",tokenize:o,resolveAll:r};return n==null&&(n=!0),{text:{126:i},insideSpan:{null:[i]},attentionMarkers:{null:[126]}};function r(a,s){let u=-1;for(;++u<a.length;)if(a[u][0]==="enter"&&a[u][1].type==="strikethroughSequenceTemporary"&&a[u][1]._close){let h=u;for(;h--;)if(a[h][0]==="exit"&&a[h][1].type==="strikethroughSequenceTemporary"&&a[h][1]._open&&a[u][1].end.offset-a[u][1].start.offset===a[h][1].end.offset-a[h][1].start.offset){a[u][1].type="strikethroughSequence",a[h][1].type="strikethroughSequence";let d={type:"strikethrough",start:Object.assign({},a[h][1].start),end:Object.assign({},a[u][1].end)},m={type:"strikethroughText",start:Object.assign({},a[h][1].end),end:Object.assign({},a[u][1].start)},f=[["enter",d,s],["enter",a[h][1],s],["exit",a[h][1],s],["enter",m,s]],p=s.parser.constructs.insideSpan.null;p&&lt(f,f.length,0,Xt(p,a.slice(h+1,u),s)),lt(f,f.length,0,[["exit",m,s],["enter",a[u][1],s],["exit",a[u][1],s],["exit",d,s]]),lt(a,h-1,u-h+3,f),u=h+f.length-2;break}}for(u=-1;++u<a.length;)a[u][1].type==="strikethroughSequenceTemporary"&&(a[u][1].type="data");return a}function o(a,s,u){let h=this.previous,d=this.events,m=0;return f;function f(x){return h===126&&d[d.length-1][1].type!=="characterEscape"?u(x):(a.enter("strikethroughSequenceTemporary"),p(x))}function p(x){let M=Ce(h);if(x===126)return m>1?u(x):(a.consume(x),m++,p);if(m<2&&!n)return u(x);let S=a.exit("strikethroughSequenceTemporary"),v=Ce(x);return S._open=!v||v===2&&!!M,S._close=!M||M===2&&!!v,s(x)}}}var Hn=class{constructor(){this.map=[],this.index=new Map}add(t,n,i){Zu(this,t,n,i)}consume(t){if(this.map.sort(function(o,a){return o[0]-a[0]}),this.map.length===0)return;let n=this.map.length,i=[];for(;n>0;)n-=1,i.push(t.slice(this.map[n][0]+this.map[n][1]),this.map[n][2]),t.length=this.map[n][0];i.push(t.slice()),t.length=0;let r=i.pop();for(;r;){for(let o of r)t.push(o);r=i.pop()}this.map.length=0,this.index.clear()}};function Zu(e,t,n,i){if(n===0&&i.length===0)return;let r=e.index.get(t);if(r){r[1]+=n,r[2].push(...i);return}let o=[t,n,i];e.map.push(o),e.index.set(t,o)}function Ta(e,t){let n=!1,i=[];for(;t<e.length;){let r=e[t];if(n){if(r[0]==="enter")r[1].type==="tableContent"&&i.push(e[t+1][1].type==="tableDelimiterMarker"?"left":"none");else if(r[1].type==="tableContent"){if(e[t-1][1].type==="tableDelimiterMarker"){let o=i.length-1;i[o]=i[o]==="left"?"center":"right"}}else if(r[1].type==="tableDelimiterRow")break}else r[0]==="enter"&&r[1].type==="tableDelimiterRow"&&(n=!0);t+=1}return i}function gr(){return{flow:{null:{name:"table",tokenize:Qu,resolveAll:Xu}}}}function Qu(e,t,n){let i=this,r=0,o=0,a;return s;function s(y){let $=i.events.length-1;for(;$>-1;){let{type:U}=i.events[$][1];if(U==="lineEnding"||U==="linePrefix")$--;else break}let K=$>-1?i.events[$][1].type:null,A=K==="tableHead"||K==="tableRow"?k:u;return A===k&&i.parser.lazy[i.now().line]?n(y):A(y)}function u(y){return e.enter("tableHead"),e.enter("tableRow"),h(y)}function h(y){return y===124||(a=!0,o+=1),d(y)}function d(y){return y===null?n(y):C(y)?o>1?(o=0,i.interrupt=!0,e.exit("tableRow"),e.enter("lineEnding"),e.consume(y),e.exit("lineEnding"),p):n(y):N(y)?L(e,d,"whitespace")(y):(o+=1,a&&(a=!1,r+=1),y===124?(e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),a=!0,d):(e.enter("data"),m(y)))}function m(y){return y===null||y===124||q(y)?(e.exit("data"),d(y)):(e.consume(y),y===92?f:m)}function f(y){return y===92||y===124?(e.consume(y),m):m(y)}function p(y){return i.interrupt=!1,i.parser.lazy[i.now().line]?n(y):(e.enter("tableDelimiterRow"),a=!1,N(y)?L(e,x,"linePrefix",i.parser.constructs.disable.null.includes("codeIndented")?void 0:4)(y):x(y))}function x(y){return y===45||y===58?S(y):y===124?(a=!0,e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),M):B(y)}function M(y){return N(y)?L(e,S,"whitespace")(y):S(y)}function S(y){return y===58?(o+=1,a=!0,e.enter("tableDelimiterMarker"),e.consume(y),e.exit("tableDelimiterMarker"),v):y===45?(o+=1,v(y)):y===null||C(y)?P(y):B(y)}function v(y){return y===45?(e.enter("tableDelimiterFiller"),D(y)):B(y)}function D(y){return y===45?(e.consume(y),D):y===58?(a=!0,e.exit("tableDelimiterFiller"),e.enter("tableDelimiterMarker"),e.consume(y),e.exit("tableDelimiterMarker"),T):(e.exit("tableDelimiterFiller"),T(y))}function T(y){return N(y)?L(e,P,"whitespace")(y):P(y)}function P(y){return y===124?x(y):y===null||C(y)?!a||r!==o?B(y):(e.exit("tableDelimiterRow"),e.exit("tableHead"),t(y)):B(y)}function B(y){return n(y)}function k(y){return e.enter("tableRow"),z(y)}function z(y){return y===124?(e.enter("tableCellDivider"),e.consume(y),e.exit("tableCellDivider"),z):y===null||C(y)?(e.exit("tableRow"),t(y)):N(y)?L(e,z,"whitespace")(y):(e.enter("data"),V(y))}function V(y){return y===null||y===124||q(y)?(e.exit("data"),z(y)):(e.consume(y),y===92?et:V)}function et(y){return y===92||y===124?(e.consume(y),V):V(y)}}function Xu(e,t){let n=-1,i=!0,r=0,o=[0,0,0,0],a=[0,0,0,0],s=!1,u=0,h,d,m,f=new Hn;for(;++n<e.length;){let p=e[n],x=p[1];p[0]==="enter"?x.type==="tableHead"?(s=!1,u!==0&&(Ca(f,t,u,h,d),d=void 0,u=0),h={type:"table",start:Object.assign({},x.start),end:Object.assign({},x.end)},f.add(n,0,[["enter",h,t]])):x.type==="tableRow"||x.type==="tableDelimiterRow"?(i=!0,m=void 0,o=[0,0,0,0],a=[0,n+1,0,0],s&&(s=!1,d={type:"tableBody",start:Object.assign({},x.start),end:Object.assign({},x.end)},f.add(n,0,[["enter",d,t]])),r=x.type==="tableDelimiterRow"?2:d?3:1):r&&(x.type==="data"||x.type==="tableDelimiterMarker"||x.type==="tableDelimiterFiller")?(i=!1,a[2]===0&&(o[1]!==0&&(a[0]=a[1],m=Fn(f,t,o,r,void 0,m),o=[0,0,0,0]),a[2]=n)):x.type==="tableCellDivider"&&(i?i=!1:(o[1]!==0&&(a[0]=a[1],m=Fn(f,t,o,r,void 0,m)),o=a,a=[o[1],n,0,0])):x.type==="tableHead"?(s=!0,u=n):x.type==="tableRow"||x.type==="tableDelimiterRow"?(u=n,o[1]!==0?(a[0]=a[1],m=Fn(f,t,o,r,n,m)):a[1]!==0&&(m=Fn(f,t,a,r,n,m)),r=0):r&&(x.type==="data"||x.type==="tableDelimiterMarker"||x.type==="tableDelimiterFiller")&&(a[3]=n)}for(u!==0&&Ca(f,t,u,h,d),f.consume(t.events),n=-1;++n<t.events.length;){let p=t.events[n];p[0]==="enter"&&p[1].type==="table"&&(p[1]._align=Ta(t.events,n))}return e}function Fn(e,t,n,i,r,o){let a=i===1?"tableHeader":i===2?"tableDelimiter":"tableData",s="tableContent";n[0]!==0&&(o.end=Object.assign({},Ie(t.events,n[0])),e.add(n[0],0,[["exit",o,t]]));let u=Ie(t.events,n[1]);if(o={type:a,start:Object.assign({},u),end:Object.assign({},u)},e.add(n[1],0,[["enter",o,t]]),n[2]!==0){let h=Ie(t.events,n[2]),d=Ie(t.events,n[3]),m={type:s,start:Object.assign({},h),end:Object.assign({},d)};if(e.add(n[2],0,[["enter",m,t]]),i!==2){let f=t.events[n[2]],p=t.events[n[3]];if(f[1].end=Object.assign({},p[1].end),f[1].type="chunkText",f[1].contentType="text",n[3]>n[2]+1){let x=n[2]+1,M=n[3]-n[2]-1;e.add(x,M,[])}}e.add(n[3]+1,0,[["exit",m,t]])}return r!==void 0&&(o.end=Object.assign({},Ie(t.events,r)),e.add(r,0,[["exit",o,t]]),o=void 0),o}function Ca(e,t,n,i,r){let o=[],a=Ie(t.events,n);r&&(r.end=Object.assign({},a),o.push(["exit",r,t])),i.end=Object.assign({},a),o.push(["exit",i,t]),e.add(n+1,0,o)}function Ie(e,t){let n=e[t],i=n[0]==="enter"?"start":"end";return n[1][i]}var td=["htmlFlow","htmlText","characterReference","codeIndented","setextUnderline","definition","labelStartImage"],ed={extensions:[mr(),fr({singleTilde:!1}),gr(),{disable:{null:td}}],mdastExtensions:[lr(),cr(),dr()]},Ne=e=>nr(e,ed),Ma=e=>e.position?.end.offset??0,br=e=>e.position?.start.offset??0;var Ia=800,Aa=new WeakMap;function nd(e,t){return qe(Na(Ne(e.slice(0,Ia))),t)}function mt(e,t){let n=Aa.get(e);return n===void 0&&(n=nd(e.content,Ia),Aa.set(e,n)),qe(n,t)}var id=new Set(["paragraph","heading","code","listItem","tableRow","tableCell","break"]);function Na(e){let t="children"in e?e.children.map(n=>Na(n)).join(""):"value"in e?e.value:"";return id.has(e.type)?`${t} `:t}var rd=300,Bn=class{element=c("div.visually-hidden",{role:"status","aria-live":"polite"});#t;constructor(t){this.#t=t,t.client.on("message",n=>this.#e(n))}#e({chat:t,message:n,missed:i}){i||t.id!==this.#t.chat?.id||n.sender.id===this.#t.client.me.id||(this.element.textContent=l.says(R(n.sender.displayName),R(mt(n,rd)||l.attachment)))}};var Un=class{element=c("div.banner",{role:"status","aria-live":"polite",hidden:!0});#t;#e=c("span",{});#n;#i=!0;constructor(t){this.#t=t}show(t){clearInterval(this.#n),this.element.dataset.phase=t.phase,this.element.hidden=t.phase==="online"||this.#i&&t.phase==="connecting",t.phase!=="connecting"&&(this.#i=!1),t.phase==="connecting"?this.element.replaceChildren(l.connecting):t.phase==="waiting"?this.#r(t.retryAt):t.phase==="closed"&&this.#o(t.reason)}#r(t){let n=()=>this.#e.textContent=l.retryingIn(Math.max(0,Math.ceil((t-Date.now())/1e3)));this.#n=setInterval(n,1e3),n(),this.#e.setAttribute("aria-hidden","true"),this.element.replaceChildren(`${l.offline} `,this.#e,F(l.tryNow,this.#t))}#o(t){this.element.replaceChildren(`${l.connectionEnded} ${t?dt(t):""} `,F(l.reload,()=>location.reload()))}};var od=10,ad=e=>e.split(/[\s_.-]+/).filter(Boolean).slice(0,2).map(t=>[...t][0].toUpperCase()).join("")||"?";function Ra(e){let t=7;for(let n of e)t=(t*31+n.codePointAt(0))%9973;return t%od}function yt(e,t){let n=t&&c(`span.dot.${t}`,{role:"img","aria-label":l.status[t]});return c(`span.avatar.hue-${Ra(e.id)}`,{},c("bdi",{"aria-hidden":"true"},ad(e.displayName)),n)}function Re(e){let{kind:t,peer:n}=e.object;return t==="direct"?yt(n??{id:e.id,displayName:e.name},n?.status):c(`span.avatar.square.hue-${Ra(e.id)}`,{},Y(t==="channel"?"hash":"people"))}function Pa(e){let{limits:t}=e;return t?.contentChars??4096}var it=e=>e.object.kind==="channel"?`#${e.name}`:e.name;var sd=6e3;function tt(e,...t){let n=c("h2",{dir:"auto"},Z(e)),i=X("close",l.close,()=>r.close()),r=c("dialog",{onclose:()=>r.remove(),"aria-label":e},c("header",{},n,i),...t);return r.addEventListener("mousedown",o=>o.target===r&&ld(r,o)&&r.close()),document.body.append(r),r.showModal(),r}function ld(e,{clientX:t,clientY:n}){let{left:i,right:r,top:o,bottom:a}=e.getBoundingClientRect();return t<i||t>r||n<o||n>a}function ft({title:e,text:t,quote:n,action:i,danger:r=!0}){return new Promise(o=>{let a=h=>()=>{o(h),u.close()},s=F(l.cancel,a(!1)),u=tt(e,c("p",{},Z(t)),n!==void 0&&c("blockquote",{dir:"auto"},O(n)),c("footer",{},s,F(i,a(!0),r?"danger":"primary")));u.addEventListener("close",()=>o(!1)),s.focus()})}function J(e){let t=document.querySelector(".toasts")??c("div.toasts",{role:"status","aria-live":"polite"});([...document.querySelectorAll("dialog[open]")].at(-1)??document.body).append(t);let n=c("div.toast",{dir:"auto"},Z(e));t.append(n),setTimeout(()=>n.remove(),sd)}async function I(e){try{return await e}catch(t){J(dt(t));return}}var La=e=>e.normalize("NFKC").toLocaleLowerCase(),Oa=({object:e})=>e.lastMessage?.createdAt??e.updatedAt;function ne(e,t=""){let n=La(t.trim().replace(/^#/,""));return e.client.chats.filter(i=>i.object.active||i.id===e.chat?.id).filter(i=>La(i.name).includes(n)).sort((i,r)=>Oa(r).localeCompare(Oa(i))||i.id.localeCompare(r.id))}var cd=12;function Da(e){if(document.querySelector("dialog.switcher"))return;let t=[],n=0,i=c("ul.options",{id:"switcher",role:"listbox","aria-label":l.chats}),r=!1,o=M=>(M&&(f.close(),e.open(M.id)),!1),a=()=>{i.replaceChildren(...t.map((M,S)=>c("li",{role:"option",id:`switch-${S}`,"aria-selected":String(S===n),onclick:()=>o(M)},Re(M),c("span.lines",{},O(it(M)))))),t.length?m.setAttribute("aria-activedescendant",`switch-${n}`):m.removeAttribute("aria-activedescendant"),i.children[n]?.scrollIntoView({block:"nearest"}),d.hidden=t.length>0,d.textContent=e.isLoaded?l.noChatOfThatName:l.loading},s=()=>{r=!1,u()},u=()=>{t=ne(e,m.value).slice(0,cd),n=0,a()},h=M=>{let S={ArrowDown:1,ArrowUp:-1}[M.key];if(M.key==="Enter"&&!M.isComposing)r=!e.isLoaded||o(t[n]);else if(S&&t.length)n=(n+S+t.length)%t.length;else return;M.preventDefault(),a()},d=c("p.empty",{role:"status"}),m=c("input",{type:"text",role:"combobox","aria-expanded":"true","aria-controls":"switcher","aria-label":l.goToChat,placeholder:l.goToChat,autocomplete:"off",dir:"auto",oninput:s,onkeydown:h}),f=tt(l.goToChat,m,d,i);f.classList.add("switcher");let p=e.isLoaded,x=()=>{p||!e.isLoaded||(p=!0,u(),r&&o(t[n]))};f.addEventListener("close",e.client.on("change",x)),s(),m.focus()}var za=864e5,ja=new Intl.DateTimeFormat(Nt,{hour:"numeric",minute:"2-digit"}),ud=new Intl.DateTimeFormat(Nt,{weekday:"long",day:"numeric",month:"long"}),dd=new Intl.DateTimeFormat(Nt,{weekday:"long",day:"numeric",month:"long",year:"numeric"}),hd=new Intl.DateTimeFormat(Nt,{day:"numeric",month:"short"}),md=new Intl.DateTimeFormat(Nt,{day:"numeric",month:"short",year:"numeric"}),pd=new Intl.DateTimeFormat(Nt,{dateStyle:"medium",timeStyle:"short"}),fd=new Intl.NumberFormat(Nt),gd=new Intl.NumberFormat(Nt,{maximumFractionDigits:1}),bd=new Intl.Collator(Nt,{sensitivity:"base",numeric:!0}),yd=new Intl.ListFormat(Nt,{type:"conjunction"}),qn=(e,t)=>e.toDateString()===t.toDateString(),vt=e=>fd.format(e),$n=e=>yd.format(e),Xe=e=>ja.format(new Date(e)),Mt=e=>pd.format(new Date(e)),Ha=(e,t)=>bd.compare(e,t);function Fa(e){let t=new Date(e),n=new Date;return qn(t,n)?l.today:qn(t,new Date(n.getTime()-za))?l.yesterday:(t.getFullYear()===n.getFullYear()?ud:dd).format(t)}function Pe(e){let t=new Date(e),n=new Date;return qn(t,n)?ja.format(t):qn(t,new Date(n.getTime()-za))?l.yesterday:(t.getFullYear()===n.getFullYear()?hd:md).format(t)}var _a=["B","KB","MB","GB"];function Ba(e){let t=Math.min(_a.length-1,Math.floor(Math.log2(Math.max(e,1))/10));return`${gd.format(e/1024**t)} ${_a[t]}`}function Gn(e,t){let n=new Set(t);for(let r of[...e.children])n.has(r)||r.remove();let i=e.firstElementChild;for(let r of t)r===i?i=i.nextElementSibling:e.insertBefore(r,i)}var wd=660,Ua=.18,kd=.08,Kn=()=>"Notification"in window;async function qa(){return Kn()&&await Notification.requestPermission()==="granted"}var Vn=class{#t;constructor(t){this.#t=t,t.client.on("message",n=>this.#e(n))}#e({chat:t,message:n,missed:i}){let r=this.#t.client.me.id,o=Ge.get(t.id)??(t.object.muted?"mentions":"all"),a=o==="all"||o==="mentions"&&n.mentions.includes(r);if(i||n.sender.id===r||!a||document.visibilityState==="visible"||(Yt.sound()&&vd(),!Yt.enabled()||!Kn()||Notification.permission!=="granted"))return;let u=t.object.kind==="direct"?n.sender.displayName:l.notificationTitle(R(n.sender.displayName),R(it(t))),h=new Notification(u,{body:mt(n,160)||l.attachment,tag:t.id,icon:"/assets/icon.svg"});h.onclick=()=>{window.focus(),this.#t.showMessage(n),h.close()}}};function vd(){let e=new AudioContext,t=e.createOscillator(),n=e.createGain();t.frequency.value=wd,n.gain.setValueAtTime(kd,e.currentTime),n.gain.exponentialRampToValueAtTime(1e-4,e.currentTime+Ua),t.connect(n).connect(e.destination),t.onended=()=>{e.close()},t.start(),t.stop(e.currentTime+Ua)}var xd=128;function ie(e,t={},n){let i=G(e,{type:"password",required:!0,maxlength:xd,dir:"ltr",...t},n),r=c("button.show",{type:"button","aria-pressed":"false","aria-label":l.showPassword(e)},l.show);r.addEventListener("click",()=>{let a=i.input.type==="password";i.input.type=a?"text":"password",r.setAttribute("aria-pressed",String(a)),r.textContent=a?l.hide:l.show});let o=c("span.with-button",{});return i.input.replaceWith(o),o.append(i.input,r),i}function ge(e,...t){return c("details",{},c("summary",{},e),...t)}function Le(e,t,n,...i){let r=ge(e,t,...i);return r.addEventListener("toggle",()=>r.open&&void n()),r}function $a(e){let{client:t}=e,n=async()=>{let a=await I(t.command({type:"EXPORT_MY_DATA"}));a&&location.assign(a.url)},i=ie(l.currentPassword,{autocomplete:"current-password"}),r=async()=>{!await ft({title:l.deleteAccount,text:l.deleteAccountText,action:l.deleteAccount})||!await I(t.command({type:"DELETE_ACCOUNT",password:i.input.value}))||(J(l.accountDeleted),await e.logOut(!1))},o=t.me.kind==="human";return ge(l.account,c("p",{},F(l.downloadMyData,()=>{n()})),o&&c("form",{onsubmit:ut(r)},c("p.hint",{},l.deleteAccountText),i.element,c("button.danger",{type:"submit"},l.deleteAccount)))}var Ed=100;function Ga(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.archivedChats}),i=c("p.empty",{role:"status"}),r=async()=>{let o=await I(t.command({type:"GET_CHATS",scope:"archived",limit:Ed}));o&&(n.replaceChildren(...o.chats.map(a=>{let s=async()=>await I(t.command({type:"UPDATE_CHAT",chatId:a.id,active:!0}))&&r(),u=a.myRole==="owner"||a.myRole==="admin";return c("li",{},c("span.lines",{},c("strong",{},O(a.name)),c("small",{},l.members(a.memberCount))),u&&F(l.restore,()=>{s()}))})),i.textContent=o.chats.length?"":l.noArchivedChats)};return Le(l.archivedChats,n,r,i)}var Ka=30,Va={member:0,moderator:1,admin:2},Sd=["member","moderator","admin"];function Wa(e){let t=c("dl",{}),n=Ad(e),i=ge(l.moderation.title,t,Cd(e),c("h3",{},l.moderation.log),n.element);return i.addEventListener("toggle",()=>{i.open&&(Td(e,t),n.load())}),i}async function Td(e,t){let n=await I(e.client.command({type:"GET_STATS"})),i=["connections","users","chats","messages"].map(r=>[l.moderation.stats[r],n?.[r]??0]);t.replaceChildren(...i.flatMap(([r,o])=>[c("dt",{},r),c("dd",{},vt(o))]))}function Cd(e){let t=c("ul.results",{"aria-label":l.moderation.users}),{element:n,input:i}=G(l.moderation.findUser,{type:"search",required:!0});return c("div",{},c("form.inline",{onsubmit:ut(async()=>{let o=await I(e.client.command({type:"GET_USERS",search:i.value.trim(),limit:Ka}));t.replaceChildren(...(o?.users??[]).map(a=>Md(e,a))),t.children.length===0&&t.append(c("li.empty",{},l.nothingFound))})},n,c("button",{type:"submit"},l.search)),t)}function Md(e,t){let{client:n}=e,i=R(t.displayName),r=async()=>{await ft({title:l.moderation.banTitle,text:l.moderation.banText(i),action:l.moderation.ban})&&await I(n.command({type:"BAN_USER",userId:t.id}))&&J(l.moderation.banned(i))},o=async()=>await I(n.command({type:"UNBAN_USER",userId:t.id}))&&J(l.moderation.unbanned(i)),a=async()=>await I(n.command({type:"DISCONNECT_USER",userId:t.id}))&&J(l.moderation.disconnected(i)),s=h=>{I(n.command({type:"SET_USER_ROLE",userId:t.id,role:h}))},u=Va[t.role]<Va[n.me.role];return c("li.moderated",{},yt(t,t.status),c("span.lines",{},c("strong",{},O(t.displayName)),c("small",{},O(`@${t.username}`),` · ${l.serverRoles[t.role]}`)),u&&c("span.actions",{},F(l.moderation.disconnect,()=>{a()}),F(l.moderation.ban,()=>{r()},"danger"),F(l.moderation.unban,()=>{o()}),n.me.role==="admin"&&Bt(l.profile.role,Sd.map(h=>({value:h,label:l.serverRoles[h]})),t.role,s)))}function Ad(e){let t=c("ul.results",{"aria-label":l.moderation.log}),n=F(l.loadMore,()=>{o(i)});n.hidden=!0;let i,r=0,o=async a=>{let s=++r;n.hidden=!0;let u=await I(e.client.command({type:"GET_AUDIT_LOG",limit:Ka,cursor:a}));s===r&&(n.hidden=(u?u.nextCursor:a)===void 0,u&&(a===void 0&&t.replaceChildren(),t.append(...u.entries.map(h=>Id(e,h))),i=u.nextCursor))};return{element:c("div",{},t,n),load:()=>o()}}function Id(e,{at:t,actorId:n,command:i,targetId:r,reason:o}){let{me:a,users:s}=e.client.state,u=d=>R((d===a?.id?a:s.get(d))?.displayName??d),h=r?`${u(n)} → ${u(r)}`:u(n);return c("li",{},c("span.lines",{},c("strong",{dir:"ltr"},i),c("small",{},Z(h),o?" · ":"",o?O(o):"")),c("time",{datetime:t},Mt(t)))}function Ya(e){let t=ie(l.currentPassword,{autocomplete:"current-password"}),n=ie(l.newPassword,{minlength:8,autocomplete:"new-password"},l.passwordRules),i=async()=>{let r={oldPassword:t.input.value,newPassword:n.input.value};await I(e.client.command({type:"CHANGE_PASSWORD",...r}))&&(t.input.value=n.input.value="",J(l.passwordChanged))};return ge(l.changePassword,c("form",{onsubmit:ut(i)},t.element,n.element,c("button",{type:"submit"},l.changePassword)))}function Ja(e){let{me:t}=e.client,n=G(l.displayName,{value:t.displayName,required:!0,maxlength:80}),i=G(l.username,{value:t.username,required:!0,minlength:3,maxlength:32,pattern:"[A-Za-z0-9_.\\-]{3,32}",title:l.usernameRules,dir:"ltr",spellcheck:"false"},l.usernameRules),r=G(l.emailOptional,{type:"email",value:t.email??"",dir:"ltr"});return c("form",{onsubmit:ut(async()=>{let a={...n.input.value.trim()!==t.displayName?{displayName:n.input.value.trim()}:{},...i.input.value.trim()!==t.username?{username:i.input.value.trim()}:{},...r.input.value.trim()&&r.input.value.trim()!==t.email?{email:r.input.value.trim()}:{}};if(Object.keys(a).length===0)return J(l.saved);await I(e.client.command({type:"UPDATE_USER",...a}))&&J(l.saved)})},n.element,i.element,r.element,c("button",{type:"submit"},l.save))}function Za(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.sessions}),i=async()=>{let r=await I(t.command({type:"GET_SESSIONS"}));n.replaceChildren(...(r?.sessions??[]).map(({id:o,deviceId:a,lastSeenAt:s,current:u})=>{let h=async()=>await I(t.command({type:"REVOKE_SESSION",sessionId:o}))&&i();return c("li",{},c("span.lines",{},c("strong",{},a?O(a):l.unnamedDevice),c("small",{},l.lastUsed(Mt(s)))),u?c("span.chip",{},l.thisDevice):F(l.logOut,()=>{h()}))}))};return Le(l.sessions,n,i)}function Qa(e){let{client:t}=e,n=c("ul.results",{"aria-label":l.tokens}),i=c("div.secret",{hidden:!0,role:"status"}),r=async()=>{let h=await I(t.command({type:"GET_API_TOKENS"}));n.replaceChildren(...(h?.tokens??[]).map(({id:d,name:m,scopes:f,lastUsedAt:p})=>{let x=async()=>{await ft({title:l.revokeTitle,text:l.revokeText(R(m)),action:l.revoke})&&await I(t.command({type:"REVOKE_API_TOKEN",tokenId:d}))&&await r()},M=p?l.lastUsed(Mt(p)):l.neverUsed;return c("li",{},c("span.lines",{},c("strong",{},O(m)),c("small",{},`${f.join(", ")} · ${M}`)),F(l.revoke,()=>{x()},"danger"))}))},o=G(l.tokenName,{required:!0,maxlength:80}),a=G(l.botUsernameOptional,{maxlength:32,dir:"ltr",spellcheck:"false"},l.botUsernameHint),u=c("form",{onsubmit:ut(async()=>{let h=await I(t.command({type:"CREATE_API_TOKEN",name:o.input.value.trim(),botUsername:a.input.value.trim()||void 0}));h&&(i.hidden=!1,i.replaceChildren(c("p",{},l.secretOnce),c("code",{dir:"ltr"},h.secret)),o.input.value=a.input.value="",await r())})},o.element,a.element,c("button",{type:"submit"},l.createToken));return Le(l.tokens,n,r,i,u)}var Nd=["system","light","dark"],Rd=["comfortable","compact"],Pd=[["en","English"],["de","Deutsch"],["ar","العربية"]];function Xa(e){let t=e.client.me.kind==="human",n=Ld(e),i=tt(l.settings,Ja(e),n.element,Od(),t&&Ya(e),t&&Za(e),t&&Qa(e),Ga(e),e.client.me.role!=="member"&&Wa(e),$a(e),c("footer",{},c("a",{href:"/docs",target:"_blank"},l.protocolReference),c("span.spacer"),t&&F(l.logOutEverywhere,()=>{e.logOut(!0)}),F(l.logOut,()=>{e.logOut(!1)},"primary")));i.classList.add("settings"),i.addEventListener("close",e.client.on("change",n.update))}function Ld(e){let{client:t}=e,n=d=>{Ot.set(d),t.command({type:"UPDATE_SETTINGS",settings:{theme:d}}).catch(()=>{})},i=d=>{$e.set(d||void 0),location.reload()},r=d=>{I(t.command({type:"SET_PRESENCE",status:d}))},o=()=>t.me.status==="away"?"away":"online",a=Bt(l.appearance,Nd.map(d=>({value:d,label:l.themes[d]})),Ot.get(),n),s=Bt(l.showMeAs,[{value:"online",label:l.status.online},{value:"away",label:l.status.away}],o(),r),u=()=>{a.querySelector("select").value=Ot.get(),s.querySelector("select").value=o()};return{element:c("div.grid",{},a,Bt(l.density,Rd.map(d=>({value:d,label:l.densities[d]})),le.get(),d=>le.set(d)),Bt(l.language,[{value:"",label:l.browserLanguage},...Pd.map(([d,m])=>({value:d,label:m}))],$e.get()??"",i),s),update:u}}function Od(){let e=async t=>{if(t&&!await qa())return void J(l.notificationsBlocked);Yt.enable(t)};return c("div",{},xn(l.highContrast,ce.high(),ce.set),Kn()&&xn(l.desktopNotifications,Yt.enabled(),t=>{e(t)}),xn(l.sound,Yt.sound(),t=>Yt.setSound(t)))}var Dd=200;function Wn(e,t,n){let i=e.client.state.rooms.has(t.chatId)?e.client.chat(t.chatId):void 0,r=()=>{n(),e.showMessage(t)},o=i?l.inChat(R(it(i))):l.inAnotherChat;return c("button.hit",{type:"button",onclick:r,disabled:!i},c("span.line",{},c("strong",{},O(t.sender.displayName)),c("small",{},Z(o)),c("time",{datetime:t.createdAt},Pe(t.createdAt))),c("span.text",{dir:"auto"},mt(t,Dd)))}var _d=30;function ts(e){let t=c("ul.results",{"aria-label":l.mentions}),n=c("p.empty",{role:"status"},l.loading),i=F(l.loadMore,()=>{o()});i.hidden=!0;let r,o=async()=>{i.hidden=!0;try{let s=await e.client.command({type:"GET_MENTIONS",limit:_d,cursor:r});t.append(...s.messages.map(u=>zd(e,u,()=>a.close()))),r=s.nextCursor,i.hidden=r===void 0,n.textContent=t.children.length?"":l.noMentions}catch(s){n.textContent=dt(s)}},a=tt(l.mentions,n,t,i);o()}function zd(e,t,n){let i=e.client.state.rooms.get(t.chatId)?.chat.readSeq??1/0,r=t.seq>i;return c(r?"li.unread":"li",{},Wn(e,t,n),r&&c("span.unread-dot",{role:"img","aria-label":l.unread}))}var jd=8,Hd=2,Fd=0;function tn(e,t,{several:n}){let i=`people-${++Fd}`,r=c("datalist",{id:i}),{element:o,input:a}=G(t,{list:i,placeholder:n?"ann, ben":"ann",autocapitalize:"none",spellcheck:"false",dir:"ltr",required:!n}),s=0,u=async()=>{let d=++s,m=a.value.split(","),f=m.pop().trim().replace(/^@/,"");if(f.length<Hd)return;let p=m.length?`${m.join(",")}, `:"",x=await e.client.command({type:"GET_USERS",search:f,limit:jd}).catch(()=>{});d===s&&r.replaceChildren(...(x?.users??[]).map(M=>c("option",{value:p+M.username},M.displayName)))};return a.addEventListener("input",()=>{u()}),o.append(r),{element:o,names:()=>a.value.split(",").map(d=>d.trim().replace(/^@/,"")).filter(Boolean),clear:()=>a.value=""}}var Bd=["direct","group","channel","browse"],Ud=50,qd=200;function en(e){let t=c("div",{}),n=o=>{r.close(),e.open(o.id)},i=o=>{let a=Bd.map(s=>c("button",{type:"button",role:"tab","aria-selected":String(s===o),onclick:()=>i(s)},l.newChatTabs[s]));t.replaceChildren(c("div.tabs",{role:"tablist"},...a),o==="browse"?Gd(e,n):$d(e,o,n)),t.querySelector("input")?.focus()},r=tt(l.newChat,t);i("direct")}function $d(e,t,n){let i=tn(e,l.username,{several:!1}),r=G(t==="channel"?l.channelName:l.name,{required:t==="channel",maxlength:80}),o=G(l.descriptionOptional,{maxlength:500}),a=tn(e,l.membersOptional,{several:!0}),s=async()=>{if(t==="direct")return e.client.direct(i.names()[0]??"");let d={name:r.input.value.trim().replace(/^#/,"")||void 0,description:o.input.value.trim()||void 0};return e.client.create({kind:t,...d,members:a.names()})},u=async()=>{let d=await I(s());d&&n(d)},h=t==="direct"?[i.element]:[r.element,o.element,a.element];return c("form",{onsubmit:ut(u)},c("p.hint",{},l.newChatHints[t]),...h,c("button.primary",{type:"submit"},t==="direct"?l.openChat:l.create))}function Gd(e,t){let n=c("ul.results",{"aria-label":l.channels}),i=c("p.empty",{role:"status"}),r=0,o,a=async()=>{let d=++r,m=await I(e.client.command({type:"GET_CHATS",scope:"public",search:h.value.trim()||void 0,limit:Ud}));d!==r||!m||(n.replaceChildren(...m.chats.map(f=>Vd(e,f,t))),i.textContent=m.chats.length?"":l.noChannelOfThatName)},s=()=>{clearTimeout(o),o=setTimeout(()=>{a()},qd)},{element:u,input:h}=G(l.findChannel,{type:"search",oninput:s});return a(),c("div",{},u,i,n)}function Vd(e,t,n){let i=e.client.state.rooms.has(t.id),r=async()=>{let o=i?e.client.chat(t.id):await I(e.client.join(t.id));o&&n(o)};return c("li.channel",{},c("span.lines",{},c("strong",{},O(`#${t.name}`)),c("small",{},l.members(t.memberCount),t.description&&" · ",t.description&&O(t.description))),c("button",{type:"button",onclick:()=>{r()}},i?l.open:l.join))}var Kd=250,Wd=50;function Yn(e,t){let n=c("ul.results",{"aria-label":l.results}),i=c("p.empty",{role:"status"}),r,o=0,a=(f,p)=>{n.replaceChildren(...f.map(x=>c("li",{},Wn(e,x,()=>m.close())))),i.textContent=p},s=async()=>{let f=d.value.trim(),p=++o;if(!f)return a([],"");i.textContent=l.searching;try{let{messages:x}=await e.client.command({type:"SEARCH_MESSAGES",query:f,chatId:t?.id,limit:Wd});p===o&&a(x,x.length?l.found(x.length):l.nothingFound)}catch(x){p===o&&a([],dt(x))}},u=()=>{clearTimeout(r),r=setTimeout(()=>{s()},Kd)},{element:h,input:d}=G(t?l.searchIn(R(t.name)):l.searchAllChats,{type:"search",oninput:u}),m=tt(l.search,h,i,n);d.focus()}var es=70,Jn=class{element;#t;#e=c("ul.chats",{"aria-label":l.chats});#n=c("button.me",{type:"button",title:l.settings,onclick:()=>Xa(this.#t)});#i;#r=c("span.badge.mention-badge",{hidden:!0});#o;#s=new Map;#a=!1;#c=!1;constructor(t){this.#t=t,this.#o=c("input",{type:"search",placeholder:l.filterChats,"aria-label":l.filterChats,dir:"auto",oninput:()=>this.draw(),onkeydown:i=>this.#f(i)}),this.#i=X("at",l.mentions,()=>ts(t)),this.#i.append(this.#r);let n=[this.#i,X("search",l.searchMessages,()=>Yn(t)),X("plus",l.newChat,()=>en(t))];this.#e.addEventListener("keydown",i=>this.#g(i)),this.element=c("nav.sidebar",{"aria-label":l.chats},c("header",{},this.#n,...n),this.#o,this.#e)}loaded(){this.#a=!0,this.draw(),this.#c&&this.#p()}draw(){if(this.#l(),!this.#a)return this.#e.replaceChildren(...Array.from({length:6},Yd));let n=ne(this.#t,this.#o.value).map(r=>this.#h(r));n.length===0&&n.push(this.#u()),Gn(this.#e,n);let i=this.#t.client.chats.reduce((r,{object:o})=>r+(o.mentionCount??0),0);this.#r.hidden=i===0,this.#r.textContent=vt(i),this.#i.setAttribute("aria-label",i?`${l.mentions}, ${l.mentionCount(i)}`:l.mentions)}#l(){let{me:t}=this.#t.client.state;if(this.#n.disabled=!t,!t)return this.#n.replaceChildren(c("span.bone.disc"),c("span.bone.width-2"));this.#n.replaceChildren(yt(t,t.status),c("span.lines",{},c("strong",{},O(t.displayName)),c("small",{},O(`@${t.username}`))))}#u(){let t=this.#o.value.trim()!=="";return c("li.empty",{},t?l.noChatOfThatName:l.noChatsYet,!t&&c("button.primary",{type:"button",onclick:()=>en(this.#t)},l.startAChat))}#h(t){let{object:n}=t,i=t.id===this.#t.chat?.id,r=this.#m(t),o=JSON.stringify([it(t),r,n.unreadCount,n.mentionCount,n.muted,i,t.pending.length,n.peer?.status,n.lastMessage?.createdAt]),a=this.#s.get(t.id);if(a?.drawn===o)return a.element;let s=a?.element??c("li"),u=s.contains(document.activeElement);return s.replaceChildren(this.#d(t,i,r)),u&&s.querySelector("button").focus({preventScroll:!0}),this.#s.set(t.id,{element:s,drawn:o}),s}#m(t){let[n]=t.typingUsers;if(n)return l.typing(R(n.displayName),1);let{lastMessage:i,description:r,kind:o}=t.object;if(!i)return r?R(qe(r,es)):l.noMessagesYet;let a=R(mt(i,es)||l.attachment);return i.sender.id===this.#t.client.state.me?.id?l.says(l.you,a):o==="direct"?a:l.says(R(i.sender.displayName),a)}#d(t,n,i){let{unreadCount:r=0,mentionCount:o=0,muted:a,lastMessage:s}=t.object,u=t.pending.length;return c("button.chat",{type:"button","aria-current":n?"true":void 0,onclick:()=>this.#t.open(t.id),"data-chat":t.id},Re(t),c("span.lines",{},c(r&&!a?"strong.name.unread":"strong.name",{},O(it(t))),c("small",{},Z(i))),c("span.side",{},c("span.top",{},a&&c("span.quiet",{role:"img","aria-label":l.muted,title:l.muted},Y("muted")),s&&c("time",{datetime:s.createdAt},Pe(s.createdAt))),c("span.badges",{},u>0&&c("span.unsent",{role:"img","aria-label":l.unsent(u),title:l.unsent(u)},Y("clock")),o>0&&c("span.badge.mention-badge",{role:"img",dir:"ltr","aria-label":l.mentionCount(o),title:l.mentionCount(o)},`@${vt(o)}`),r>0&&c(a?"span.badge.muted":"span.badge",{role:"img","aria-label":l.unreadCount(r),title:l.unreadCount(r)},vt(r)))))}#f(t){t.key==="ArrowDown"?(this.#e.querySelector("button")?.focus(),t.preventDefault()):t.key==="Enter"?this.#a?this.#p():this.#c=!0:t.key==="Escape"?this.#b():this.#c=!1}#p(){let[t]=ne(this.#t,this.#o.value);t&&(this.#b(),this.#o.blur(),this.#t.open(t.id))}#b(){this.#c=!1,this.#o.value="",this.draw()}#g(t){let n={ArrowDown:1,ArrowUp:-1}[t.key];if(n===void 0||t.altKey)return;let i=[...this.#e.querySelectorAll("button")];(i[i.indexOf(document.activeElement)+n]??(n<0?this.#o:void 0))?.focus(),t.preventDefault()}},Yd=()=>c("li.skeleton-row",{"aria-hidden":"true"},c("span.bone.disc"),c("span.lines",{},c("span.bone.width-2"),c("span.bone.width-4")));var yr=[{key:"smileys",lines:`😀	grinning face	cheerful cheery grin happy laugh nice smile smiling teeth
😃	grinning face with big eyes	awesome grin happy mouth open smile smiling teeth yay
😄	grinning face with smiling eyes	eye grin happy laugh lol mouth open smile
😁	beaming face with smiling eyes	eye grin grinning happy nice smile teeth
😆	grinning squinting face	closed eyes haha hahaha happy laugh lol mouth open rofl smile smiling
😅	grinning face with sweat	cold dejected excited mouth nervous open smile smiling stress stressed
🤣	rolling on the floor laughing	crying face funny haha happy hehe hilarious joy laugh lmao lol rofl roflmao tear
😂	face with tears of joy	crying feels funny haha happy hehe hilarious laugh lmao lol rofl roflmao tear
🙂	slightly smiling face	happy smile
🙃	upside-down face	hehe smile
🫠	melting face	disappear dissolve embarrassed haha heat hot liquid lol melt sarcasm sarcastic
😉	winking face	flirt heartbreaker sexy slide tease wink winks
😊	smiling face with smiling eyes	blush eye glad satisfied smile
😇	smiling face with halo	angel angelic angels blessed fairy fairytale fantasy happy innocent peaceful smile spirit tale
🥰	smiling face with hearts	3 adore crush heart ily love romance smile you
😍	smiling face with heart-eyes	143 bae eye feels hearts ily kisses love romance romantic smile xoxo
🤩	star-struck	excited eyes face grinning smile star starry-eyed wow
😘	face blowing a kiss	adorbs bae flirt heart ily love lover miss muah romantic smooch xoxo you
😗	kissing face	143 date dating flirt ily kiss love smooch smooches xoxo you
☺️	smiling face	happy outlined relaxed smile
😚	kissing face with closed eyes	143 bae blush date dating eye flirt ily kisses smooches xoxo
😙	kissing face with smiling eyes	143 closed date dating eye flirt ily kiss kisses love night smile
🥲	smiling face with tear	glad grateful happy joy pain proud relieved smile smiley touched
😋	face savoring food	delicious eat full hungry savor smile smiling tasty um yum yummy
😛	face with tongue	awesome cool nice party stuck-out sweet
😜	winking face with tongue	crazy epic eye funny joke loopy nutty party stuck-out wacky weirdo wink yolo
🤪	zany face	crazy eye eyes goofy large small
😝	squinting face with tongue	closed eye eyes gross horrible omg stuck-out taste whatever yolo
🤑	money-mouth face	money mouth paid
🤗	smiling face with open hands	hug hugging
🤭	face with hand over mouth	giggle giggling oops realization secret shock sudden surprise whoops
🫢	face with open eyes and hand over mouth	amazement awe disbelief embarrass gasp omg quiet scared shock surprise
🫣	face with peeking eye	captivated embarrass hide hiding peek peep scared shy stare
🤫	shushing face	quiet shh shush
🤔	thinking face	chin consider hmm ponder pondering wondering
🫡	saluting face	good luck ma am ok respect salute sir troops yes
🤐	zipper-mouth face	keep mouth quiet secret shut zip zipper
🤨	face with raised eyebrow	disapproval disbelief distrust emoji hmm mild skeptic skeptical skepticism surprise what
😐️	neutral face	awkward blank deadpan expressionless fine jealous meh oh shade straight unamused unhappy unimpressed whatever
😑	expressionless face	awkward dead fine inexpressive jealous meh not oh omg straight uh unhappy unimpressed whatever
😶	face without mouth	awkward blank expressionless mouthless mute quiet secret silence silent speechless
🫥	dotted line face	depressed disappear hidden hide introvert invisible meh whatever wtv
😶‍🌫️	face in clouds	absentminded fog head
😏	smirking face	boss dapper flirt homie kidding leer shade slick sly smirk smug snicker suave suspicious swag
😒	unamused face	bored fine jealous jel jelly pissed smh ugh uhh unhappy weird whatever
🙄	face with rolling eyes	eyeroll shade ugh whatever
😬	grimacing face	awk awkward dentist grimace grinning smile smiling
😮‍💨	face exhaling	blow blowing exhale exhausted gasp groan relief sigh smiley smoke whisper whistle
🤥	lying face	liar lie pinocchio
🫨	shaking face	crazy daze earthquake omg panic shock surprise vibrate whoa wow
😌	relieved face	calm peace relief zen
😔	pensive face	awful bored dejected died disappointed losing lost sad sucks
😪	sleepy face	crying good night sad sleep sleeping tired
🤤	drooling face	
😴	sleeping face	bed bedtime good goodnight nap night sleep tired whatever yawn zzz
😷	face with medical mask	cold dentist dermatologist doctor dr germs medicine sick
🤒	face with thermometer	ill sick
🤕	face with head-bandage	bandage hurt injury ouch
🤢	nauseated face	gross nasty sick vomit
🤮	face vomiting	barf ew gross puke sick spew throw up vomit
🤧	sneezing face	fever flu gesundheit sick sneeze
🥵	hot face	dying feverish heat panting red-faced stroke sweating tongue
🥶	cold face	blue blue-faced freezing frostbite icicles subzero teeth
🥴	woozy face	dizzy drunk eyes intoxicated mouth tipsy uneven wavy
😵	face with crossed-out eyes	dead dizzy feels knocked out sick tired
😵‍💫	face with spiral eyes	confused dizzy hypnotized omg smiley trouble whoa woah woozy
🤯	exploding head	blown explode mind mindblown no shocked way
🤠	cowboy hat face	cowgirl
🥳	partying face	bday birthday celebrate celebration excited happy hat hooray horn party
🥸	disguised face	disguise eyebrow glasses incognito moustache mustache nose person spy tache tash
😎	smiling face with sunglasses	awesome beach bright bro chilling cool rad relaxed shades slay smile style swag win
🤓	nerd face	brainy clever expert geek gifted glasses intelligent smart
🧐	face with monocle	classy fancy rich stuffy wealthy
😕	confused face	befuddled confusing dunno frown hm meh not sad sorry sure
🫤	face with diagonal mouth	confused confusion disappointed doubt doubtful frustrated frustration meh skeptical unsure whatever wtv
😟	worried face	anxious butterflies nerves nervous sad stress stressed surprised worry
🙁	slightly frowning face	frown sad
☹️	frowning face	frown sad
😮	face with open mouth	believe forgot omg shocked surprised sympathy unbelievable unreal whoa wow you
😯	hushed face	epic omg stunned surprised whoa woah
😲	astonished face	cost no omg shocked totally way
😳	flushed face	amazed awkward crazy dazed dead disbelief embarrassed geez heat hot impressed jeez what wow
🥺	pleading face	begging big eyes mercy not please pretty puppy sad why
🥹	face holding back tears	admiration aww cry embarrassed feelings grateful gratitude joy please proud resist sad
😦	frowning face with open mouth	caught frown guard scared scary surprise what wow
😧	anguished face	forgot scared scary stressed surprise unhappy what wow
😨	fearful face	afraid anxious blame fear scared worried
😰	anxious face with sweat	blue cold eek mouth nervous open rushed scared yikes
😥	sad but relieved face	anxious call close complicated disappointed not sweat time whew
😢	crying face	awful cry feels miss sad tear triste unhappy
😭	loudly crying face	bawling cry sad sob tear tears unhappy
😱	face screaming in fear	epic fearful munch scared scream screamer shocked surprised woah
😖	confounded face	annoyed confused cringe distraught feels frustrated mad sad
😣	persevering face	concentrate concentration focus headache persevere
😞	disappointed face	awful blame dejected fail losing sad unhappy
😓	downcast face with sweat	close cold feels headache nervous sad scared yikes
😩	weary face	crying fail feels hungry mad nooo sad sleepy tired unhappy
😫	tired face	cost feels nap sad sneeze
🥱	yawning face	bedtime bored goodnight nap night sleep sleepy tired whatever yawn zzz
😤	face with steam from nose	anger angry feels fume fuming furious fury mad triumph unhappy won
😡	enraged face	anger angry feels mad maddening pouting rage red shade unhappy upset
😠	angry face	anger blame feels frustrated mad maddening rage shade unhappy upset
🤬	face with symbols on mouth	censor cursing cussing mad pissed swearing
😈	smiling face with horns	demon devil evil fairy fairytale fantasy purple shade smile tale
👿	angry face with horns	demon devil evil fairy fairytale fantasy imp mischievous purple shade tale
💀	skull	body dead death face fairy fairytale i m lmao monster tale yolo
☠️	skull and crossbones	bone dead death face monster
💩	pile of poo	bs comic doo dung face fml monster poop smelly smh stink stinks stinky turd
🤡	clown face	
👹	ogre	creature devil face fairy fairytale fantasy mask monster scary tale
👺	goblin	angry creature face fairy fairytale fantasy mask mean monster tale
👻	ghost	boo creature excited face fairy fairytale fantasy halloween haunting monster scary silly tale
👽️	alien	creature extraterrestrial face fairy fairytale fantasy monster space tale ufo
👾	alien monster	creature extraterrestrial face fairy fairytale fantasy game gamer games pixelated space tale ufo
🤖	robot	face monster
😺	grinning cat	animal face mouth open smile smiling
😸	grinning cat with smiling eyes	animal eye face grin smile
😹	cat with tears of joy	animal face laugh laughing lol tear
😻	smiling cat with heart-eyes	animal eye face heart love smile
😼	cat with wry smile	animal face ironic
😽	kissing cat	animal closed eye eyes face kiss
🙀	weary cat	animal face oh surprised
😿	crying cat	animal cry face sad tear
😾	pouting cat	animal face
🙈	see-no-evil monkey	embarrassed evil face forbidden forgot gesture hide no omg prohibited scared secret smh watch
🙉	hear-no-evil monkey	animal ears evil face forbidden gesture hear listen no not prohibited secret shh tmi
🙊	speak-no-evil monkey	animal evil face forbidden gesture no not oops prohibited quiet secret speak stealth
💌	love letter	heart mail romance valentine
💘	heart with arrow	143 adorbs cupid date emotion ily love romance valentine
💝	heart with ribbon	143 anniversary emotion ily kisses valentine xoxo
💖	sparkling heart	143 emotion excited good ily kisses morning night sparkle xoxo
💗	growing heart	143 emotion excited heartpulse ily kisses muah nervous pulse xoxo
💓	beating heart	143 cardio emotion heartbeat ily love pulsating pulse
💞	revolving hearts	143 adorbs anniversary emotion heart
💕	two hearts	143 anniversary date dating emotion heart ily kisses love loving xoxo
💟	heart decoration	143 emotion hearth purple white
❣️	heart exclamation	heavy mark punctuation
💔	broken heart	break crushed emotion heartbroken lonely sad
❤️‍🔥	heart on fire	burn love lust sacred
❤️‍🩹	mending heart	healthier improving recovering recuperating well
❤️	red heart	emotion love
🩷	pink heart	143 adorable cute emotion ily like love special sweet
🧡	orange heart	143
💛	yellow heart	143 cardiac emotion ily love
💚	green heart	143 emotion ily love romantic
💙	blue heart	143 emotion ily love romance
🩵	light blue heart	143 cute cyan emotion ily like love sky special teal
💜	purple heart	143 bestest emotion ily love
🤎	brown heart	143
🖤	black heart	evil wicked
🩶	grey heart	143 emotion gray ily love silver slate special
🤍	white heart	143
💋	kiss mark	dating emotion heart kissing lips romance sexy
💯	hundred points	100 a+ agree clearly definitely faithful fleek full keep perfect point score true truth yup
💢	anger symbol	angry comic mad upset
💥	collision	bomb boom collide comic explode
💫	dizzy	comic shining shooting star stars
💦	sweat droplets	comic drip droplet drops splashing squirt water wet work workout
💨	dashing away	cloud comic dash fart fast go gone gotta running smoke
🕳️	hole	
💬	speech balloon	bubble comic dialog message sms talk text typing
👁️‍🗨️	eye in speech bubble	balloon witness
🗨️	left speech bubble	balloon dialog
🗯️	right anger bubble	angry balloon mad
💭	thought balloon	bubble cartoon cloud comic daydream decisions dream idea invent invention realize think thoughts wonder
💤	ZZZ	comic good goodnight night sleep sleeping sleepy tired`},{key:"people",lines:`👋	waving hand	bye cya g2g greetings gtg hello hey hi later outtie ttfn ttyl wave yo you
🤚	raised back of hand	backhand
🖐️	hand with fingers splayed	finger raised stop
✋️	raised hand	5 five high stop
🖖	vulcan salute	finger hand hands
🫱	rightwards hand	handshake hold reach right rightward shake
🫲	leftwards hand	handshake hold left leftward reach shake
🫳	palm down hand	dismiss drop dropped pick shoo up
🫴	palm up hand	beckon catch come hold know lift me offer tell
🫷	leftwards pushing hand	block five halt high hold leftward pause push refuse slap stop wait
🫸	rightwards pushing hand	block five halt high hold pause push refuse rightward slap stop wait
👌	OK hand	awesome bet dope fleek fosho got gotcha legit okay pinch rad sure sweet three
🤌	pinched fingers	gesture hand hold huh interrogation patience relax sarcastic ugh what zip
🤏	pinching hand	amount bit fingers little small sort
✌️	victory hand	peace v
🤞	crossed fingers	cross finger hand luck
🫰	hand with index finger and thumb crossed	3 expensive heart love money snap
🤟	love-you gesture	fingers hand ily love three you
🤘	sign of the horns	finger hand rock-on
🤙	call me hand	hang loose shaka
👈️	backhand index pointing left	finger hand point
👉️	backhand index pointing right	finger hand point
👆️	backhand index pointing up	finger hand point
🖕	middle finger	hand
👇️	backhand index pointing down	finger hand point
☝️	index pointing up	finger hand point this
🫵	index pointing at the viewer	finger hand poke you
👍️	thumbs up	+1 good hand like thumb yes
👎️	thumbs down	-1 bad dislike good hand no nope thumb
✊️	raised fist	clenched hand punch solidarity
👊	oncoming fist	absolutely agree boom bro bruh bump clenched correct hand knuckle pound punch rock ttyl
🤛	left-facing fist	leftwards
🤜	right-facing fist	rightwards
👏	clapping hands	applause approval awesome clap congrats congratulations excited good great hand homie job nice prayed well yay
🙌	raising hands	celebration gesture hand hooray praise raised
🫶	heart hands	3 love you
👐	open hands	hand hug jazz swerve
🤲	palms up together	cupped dua hands pray prayer wish
🤝	handshake	agreement deal hand meeting shake
🙏	folded hands	appreciate ask beg blessed bow cmon five gesture hand high please pray thanks thx
✍️	writing hand	write
💅	nail polish	bored care cosmetics done makeup manicure whatever
🤳	selfie	camera phone
💪	flexed biceps	arm beast bench bodybuilder bro curls flex gains gym jacked muscle press ripped strong weightlift
🦾	mechanical arm	accessibility prosthetic
🦿	mechanical leg	accessibility prosthetic
🦵	leg	bent foot kick knee limb
🦶	foot	ankle feet kick stomp
👂️	ear	body ears hear hearing listen listening sound
🦻	ear with hearing aid	accessibility hard
👃	nose	body noses nosey odor smell smells
🧠	brain	intelligent smart
🫀	anatomical heart	beat cardiology heartbeat organ pulse real red
🫁	lungs	breath breathe exhalation inhalation lung organ respiration
🦷	tooth	dentist pearly teeth white
🦴	bone	bones dog skeleton wishbone
👀	eyes	body eye face googly look looking omg peep see seeing
👁️	eye	1 body one
👅	tongue	body lick slurp
👄	mouth	beauty body kiss kissing lips lipstick
🫦	biting lip	anxious bite fear flirt flirting kiss lipstick nervous sexy uncomfortable worried worry
👶	baby	babies children goo infant newborn pregnant young
🧒	child	bright-eyed grandchild kid young younger
👦	boy	bright-eyed child grandson kid son young younger
👧	girl	bright-eyed child daughter granddaughter kid virgo young younger zodiac
🧑	person	adult
👱	person: blond hair	blond-haired human
👨	man	adult bro
🧔	person: beard	bearded whiskers
🧔‍♂️	man: beard	bearded whiskers
🧔‍♀️	woman: beard	bearded whiskers
👨‍🦰	man: red hair	adult bro
👨‍🦱	man: curly hair	adult bro
👨‍🦳	man: white hair	adult bro
👨‍🦲	man: bald	adult bro
👩	woman	adult lady
👩‍🦰	woman: red hair	adult lady
🧑‍🦰	person: red hair	adult
👩‍🦱	woman: curly hair	adult lady
🧑‍🦱	person: curly hair	adult
👩‍🦳	woman: white hair	adult lady
🧑‍🦳	person: white hair	adult
👩‍🦲	woman: bald	adult lady
🧑‍🦲	person: bald	adult
👱‍♀️	woman: blond hair	blond-haired blonde
👱‍♂️	man: blond hair	blond-haired
🧓	older person	adult elderly grandparent old wise
👴	old man	adult bald elderly gramps grandfather grandpa wise
👵	old woman	adult elderly grandma grandmother granny lady wise
🙍	person frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♂️	man frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙍‍♀️	woman frowning	annoyed disappointed disgruntled disturbed frown frustrated gesture irritated upset
🙎	person pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♂️	man pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙎‍♀️	woman pouting	disappointed downtrodden frown grimace scowl sulk upset whine
🙅	person gesturing NO	forbidden gesture hand not prohibit
🙅‍♂️	man gesturing NO	forbidden gesture hand not prohibit
🙅‍♀️	woman gesturing NO	forbidden gesture hand not prohibit
🙆	person gesturing OK	exercise gesture hand omg
🙆‍♂️	man gesturing OK	exercise gesture hand omg
🙆‍♀️	woman gesturing OK	exercise gesture hand omg
💁	person tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♂️	man tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
💁‍♀️	woman tipping hand	fetch flick flip gossip sarcasm sarcastic sassy seriously whatever
🙋	person raising hand	gesture here know me pick question raise
🙋‍♂️	man raising hand	gesture here know me pick question raise
🙋‍♀️	woman raising hand	gesture here know me pick question raise
🧏	deaf person	accessibility ear gesture hear
🧏‍♂️	deaf man	accessibility ear gesture hear
🧏‍♀️	deaf woman	accessibility ear gesture hear
🙇	person bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♂️	man bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🙇‍♀️	woman bowing	apology ask beg bow favor forgive gesture meditate meditation pity regret sorry
🤦	person facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♂️	man facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤦‍♀️	woman facepalming	again bewilder disbelief exasperation facepalm no not oh omg shock smh
🤷	person shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♂️	man shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🤷‍♀️	woman shrugging	doubt dunno guess idk ignorance indifference knows maybe shrug whatever who
🧑‍⚕️	health worker	doctor healthcare nurse therapist
👨‍⚕️	man health worker	doctor healthcare nurse therapist
👩‍⚕️	woman health worker	doctor healthcare nurse therapist
🧑‍🎓	student	graduate
👨‍🎓	man student	graduate
👩‍🎓	woman student	graduate
🧑‍🏫	teacher	instructor lecturer professor
👨‍🏫	man teacher	instructor lecturer professor
👩‍🏫	woman teacher	instructor lecturer professor
🧑‍⚖️	judge	justice law scales
👨‍⚖️	man judge	justice law scales
👩‍⚖️	woman judge	justice law scales
🧑‍🌾	farmer	gardener rancher
👨‍🌾	man farmer	gardener rancher
👩‍🌾	woman farmer	gardener rancher
🧑‍🍳	cook	chef
👨‍🍳	man cook	chef
👩‍🍳	woman cook	chef
🧑‍🔧	mechanic	electrician plumber tradesperson
👨‍🔧	man mechanic	electrician plumber tradesperson
👩‍🔧	woman mechanic	electrician plumber tradesperson
🧑‍🏭	factory worker	assembly industrial
👨‍🏭	man factory worker	assembly industrial
👩‍🏭	woman factory worker	assembly industrial
🧑‍💼	office worker	architect business manager white-collar
👨‍💼	man office worker	architect business manager white-collar
👩‍💼	woman office worker	architect business manager white-collar
🧑‍🔬	scientist	biologist chemist engineer mathematician physicist
👨‍🔬	man scientist	biologist chemist engineer mathematician physicist
👩‍🔬	woman scientist	biologist chemist engineer mathematician physicist
🧑‍💻	technologist	coder computer developer inventor software
👨‍💻	man technologist	coder computer developer inventor software
👩‍💻	woman technologist	coder computer developer inventor software
🧑‍🎤	singer	actor entertainer rock rockstar star
👨‍🎤	man singer	actor entertainer rock rockstar star
👩‍🎤	woman singer	actor entertainer rock rockstar star
🧑‍🎨	artist	palette
👨‍🎨	man artist	palette
👩‍🎨	woman artist	palette
🧑‍✈️	pilot	plane
👨‍✈️	man pilot	plane
👩‍✈️	woman pilot	plane
🧑‍🚀	astronaut	rocket space
👨‍🚀	man astronaut	rocket space
👩‍🚀	woman astronaut	rocket space
🧑‍🚒	firefighter	fire firetruck
👨‍🚒	man firefighter	fire firetruck
👩‍🚒	woman firefighter	fire firetruck
👮	police officer	apprehend arrest citation cop law over pulled undercover
👮‍♂️	man police officer	apprehend arrest citation cop law over pulled undercover
👮‍♀️	woman police officer	apprehend arrest citation cop law over pulled undercover
🕵️	detective	sleuth spy
🕵️‍♂️	man detective	sleuth spy
🕵️‍♀️	woman detective	sleuth spy
💂	guard	buckingham helmet london palace
💂‍♂️	man guard	buckingham helmet london palace
💂‍♀️	woman guard	buckingham helmet london palace
🥷	ninja	assassin fight fighter hidden person secret skills sly soldier stealth war
👷	construction worker	build fix hardhat hat man person rebuild remodel repair work
👷‍♂️	man construction worker	build fix hardhat hat rebuild remodel repair work
👷‍♀️	woman construction worker	build fix hardhat hat man rebuild remodel repair work
🫅	person with crown	monarch noble regal royal royalty
🤴	prince	crown fairy fairytale fantasy king royal royalty tale
👸	princess	crown fairy fairytale fantasy queen royal royalty tale
👳	person wearing turban	
👳‍♂️	man wearing turban	
👳‍♀️	woman wearing turban	
👲	person with skullcap	cap chinese gua guapi hat mao pi
🧕	woman with headscarf	bandana head hijab kerchief mantilla tichel
🤵	person in tuxedo	formal wedding
🤵‍♂️	man in tuxedo	formal groom wedding
🤵‍♀️	woman in tuxedo	formal wedding
👰	person with veil	wedding
👰‍♂️	man with veil	wedding
👰‍♀️	woman with veil	bride wedding
🤰	pregnant woman	
🫃	pregnant man	belly bloated full overeat
🫄	pregnant person	belly bloated full overeat stuffed
🤱	breast-feeding	baby breast feeding mom mother nursing woman
👩‍🍼	woman feeding baby	feed mom mother nanny newborn nursing
👨‍🍼	man feeding baby	dad father feed nanny newborn nursing
🧑‍🍼	person feeding baby	feed nanny newborn nursing parent
👼	baby angel	church face fairy fairytale fantasy tale
🎅	Santa Claus	celebration christmas fairy fantasy father holiday merry tale xmas
🤶	Mrs. Claus	celebration christmas fairy fantasy holiday merry mother santa tale xmas
🧑‍🎄	Mx Claus	celebration christmas fairy fantasy holiday merry santa tale xmas
🦸	superhero	good hero superpower
🦸‍♂️	man superhero	good hero superpower
🦸‍♀️	woman superhero	good hero heroine superpower
🦹	supervillain	bad criminal evil superpower villain
🦹‍♂️	man supervillain	bad criminal evil superpower villain
🦹‍♀️	woman supervillain	bad criminal evil superpower villain
🧙	mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♂️	man mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧙‍♀️	woman mage	fantasy magic play sorcerer sorceress sorcery spell summon witch wizard
🧚	fairy	fairytale fantasy myth person pixie tale wings
🧚‍♂️	man fairy	fairytale fantasy myth oberon person pixie puck tale wings
🧚‍♀️	woman fairy	fairytale fantasy myth person pixie tale titania wings
🧛	vampire	blood dracula fangs halloween scary supernatural teeth undead
🧛‍♂️	man vampire	blood fangs halloween scary supernatural teeth undead
🧛‍♀️	woman vampire	blood fangs halloween scary supernatural teeth undead
🧜	merperson	creature fairytale folklore ocean sea siren trident
🧜‍♂️	merman	creature fairytale folklore neptune ocean poseidon sea siren trident triton
🧜‍♀️	mermaid	creature fairytale folklore merwoman ocean sea siren trident
🧝	elf	elves enchantment fantasy folklore magic magical myth
🧝‍♂️	man elf	elves enchantment fantasy folklore magic magical myth
🧝‍♀️	woman elf	elves enchantment fantasy folklore magic magical myth
🧞	genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♂️	man genie	djinn fantasy jinn lamp myth rub wishes
🧞‍♀️	woman genie	djinn fantasy jinn lamp myth rub wishes
🧟	zombie	apocalypse dead halloween horror scary undead walking
🧟‍♂️	man zombie	apocalypse dead halloween horror scary undead walking
🧟‍♀️	woman zombie	apocalypse dead halloween horror scary undead walking
🧌	troll	fairy fantasy monster tale trolling
💆	person getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♂️	man getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💆‍♀️	woman getting massage	face headache relax relaxing salon soothe spa tension therapy treatment
💇	person getting haircut	barber beauty chop cosmetology cut groom hair parlor shears style
💇‍♂️	man getting haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
💇‍♀️	woman getting haircut	barber beauty chop cosmetology cut groom hair parlor person shears style
🚶	person walking	amble gait hike man pace pedestrian stride stroll walk
🚶‍♂️	man walking	amble gait hike pace pedestrian stride stroll walk
🚶‍♀️	woman walking	amble gait hike man pace pedestrian stride stroll walk
🧍	person standing	stand
🧍‍♂️	man standing	stand
🧍‍♀️	woman standing	stand
🧎	person kneeling	kneel knees
🧎‍♂️	man kneeling	kneel knees
🧎‍♀️	woman kneeling	kneel knees
🧑‍🦯	person with white cane	accessibility blind probing
👨‍🦯	man with white cane	accessibility blind probing
👩‍🦯	woman with white cane	accessibility blind probing
🧑‍🦼	person in motorized wheelchair	accessibility
👨‍🦼	man in motorized wheelchair	accessibility
👩‍🦼	woman in motorized wheelchair	accessibility
🧑‍🦽	person in manual wheelchair	accessibility
👨‍🦽	man in manual wheelchair	accessibility
👩‍🦽	woman in manual wheelchair	accessibility
🏃	person running	fast hurry marathon move quick race racing run rush speed
🏃‍♂️	man running	fast hurry marathon move quick race racing run rush speed
🏃‍♀️	woman running	fast hurry marathon move quick race racing run rush speed
💃	woman dancing	dance dancer elegant festive flair flamenco groove let s salsa tango
🕺	man dancing	dance dancer elegant festive flair flamenco groove let s salsa tango
🕴️	person in suit levitating	business
👯	people with bunny ears	bestie bff counterpart dancer double ear identical pair party partying soulmate twin twinsies
👯‍♂️	men with bunny ears	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
👯‍♀️	women with bunny ears	bestie bff counterpart dancer double ear identical pair party partying people soulmate twin twinsies
🧖	person in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♂️	man in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧖‍♀️	woman in steamy room	day luxurious pamper relax sauna spa steam steambath unwind
🧗	person climbing	climb climber mountain rock scale up
🧗‍♂️	man climbing	climb climber mountain rock scale up
🧗‍♀️	woman climbing	climb climber mountain rock scale up
🤺	person fencing	fencer sword
🏇	horse racing	jockey racehorse riding sport
⛷️	skier	ski snow
🏂️	snowboarder	ski snow snowboard sport
🏌️	person golfing	ball birdie caddy driving golf green pga putt range tee
🏌️‍♂️	man golfing	ball birdie caddy driving golf green pga putt range tee
🏌️‍♀️	woman golfing	ball birdie caddy driving golf green pga putt range tee
🏄️	person surfing	beach ocean sport surf surfer swell waves
🏄‍♂️	man surfing	beach ocean sport surf surfer swell waves
🏄‍♀️	woman surfing	beach ocean person sport surf surfer swell waves
🚣	person rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♂️	man rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🚣‍♀️	woman rowing boat	canoe cruise fishing lake oar paddle raft river row rowboat
🏊️	person swimming	freestyle sport swim swimmer triathlon
🏊‍♂️	man swimming	freestyle sport swim swimmer triathlon
🏊‍♀️	woman swimming	freestyle man sport swim swimmer triathlon
⛹️	person bouncing ball	athletic basketball championship dribble net player throw
⛹️‍♂️	man bouncing ball	athletic basketball championship dribble net player throw
⛹️‍♀️	woman bouncing ball	athletic basketball championship dribble net player throw
🏋️	person lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♂️	man lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🏋️‍♀️	woman lifting weights	barbell bodybuilder deadlift lifter powerlifting weight weightlifter workout
🚴	person biking	bicycle bicyclist bike cycle cyclist riding sport
🚴‍♂️	man biking	bicycle bicyclist bike cycle cyclist riding sport
🚴‍♀️	woman biking	bicycle bicyclist bike cycle cyclist riding sport
🚵	person mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🚵‍♂️	man mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🚵‍♀️	woman mountain biking	bicycle bicyclist bike cycle cyclist riding sport
🤸	person cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤸‍♂️	man cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤸‍♀️	woman cartwheeling	active cartwheel excited flip gymnastics happy somersault
🤼	people wrestling	combat duel grapple ring tournament wrestle
🤼‍♂️	men wrestling	combat duel grapple ring tournament wrestle
🤼‍♀️	women wrestling	combat duel grapple ring tournament wrestle
🤽	person playing water polo	sport swimming waterpolo
🤽‍♂️	man playing water polo	sport swimming waterpolo
🤽‍♀️	woman playing water polo	sport swimming waterpolo
🤾	person playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♂️	man playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤾‍♀️	woman playing handball	athletics ball catch chuck hurl lob pitch sport throw toss
🤹	person juggling	act balance balancing handle juggle manage multitask skill
🤹‍♂️	man juggling	act balance balancing handle juggle manage multitask skill
🤹‍♀️	woman juggling	act balance balancing handle juggle manage multitask skill
🧘	person in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♂️	man in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🧘‍♀️	woman in lotus position	cross legged legs meditation peace relax serenity yoga yogi zen
🛀	person taking bath	bathtub tub
🛌	person in bed	bedtime good goodnight hotel nap night sleep tired zzz
🧑‍🤝‍🧑	people holding hands	bae bestie bff couple dating flirt friends hand hold twins
👭	women holding hands	bae bestie bff couple dating flirt friends girls hand hold sisters twins
👫	woman and man holding hands	bae bestie bff couple dating flirt friends hand hold twins
👬	men holding hands	bae bestie bff boys brothers couple dating flirt friends hand hold twins
💏	kiss	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👨	kiss: woman, man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👨‍❤️‍💋‍👨	kiss: man, man	anniversary babe bae couple date dating heart love mwah person romance together xoxo
👩‍❤️‍💋‍👩	kiss: woman, woman	anniversary babe bae couple date dating heart love mwah person romance together xoxo
💑	couple with heart	anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👨	couple with heart: woman, man	anniversary babe bae dating kiss love person relationship romance together you
👨‍❤️‍👨	couple with heart: man, man	anniversary babe bae dating kiss love person relationship romance together you
👩‍❤️‍👩	couple with heart: woman, woman	anniversary babe bae dating kiss love person relationship romance together you
👨‍👩‍👦	family: man, woman, boy	child
👨‍👩‍👧	family: man, woman, girl	child
👨‍👩‍👧‍👦	family: man, woman, girl, boy	child
👨‍👩‍👦‍👦	family: man, woman, boy, boy	child
👨‍👩‍👧‍👧	family: man, woman, girl, girl	child
👨‍👨‍👦	family: man, man, boy	child
👨‍👨‍👧	family: man, man, girl	child
👨‍👨‍👧‍👦	family: man, man, girl, boy	child
👨‍👨‍👦‍👦	family: man, man, boy, boy	child
👨‍👨‍👧‍👧	family: man, man, girl, girl	child
👩‍👩‍👦	family: woman, woman, boy	child
👩‍👩‍👧	family: woman, woman, girl	child
👩‍👩‍👧‍👦	family: woman, woman, girl, boy	child
👩‍👩‍👦‍👦	family: woman, woman, boy, boy	child
👩‍👩‍👧‍👧	family: woman, woman, girl, girl	child
👨‍👦	family: man, boy	child
👨‍👦‍👦	family: man, boy, boy	child
👨‍👧	family: man, girl	child
👨‍👧‍👦	family: man, girl, boy	child
👨‍👧‍👧	family: man, girl, girl	child
👩‍👦	family: woman, boy	child
👩‍👦‍👦	family: woman, boy, boy	child
👩‍👧	family: woman, girl	child
👩‍👧‍👦	family: woman, girl, boy	child
👩‍👧‍👧	family: woman, girl, girl	child
🗣️	speaking head	face silhouette speak
👤	bust in silhouette	mysterious shadow
👥	busts in silhouette	bff bust everyone friend friends people
🫂	people hugging	comfort embrace farewell friendship goodbye hello hug love thanks
👪️	family	child
👣	footprints	barefoot clothing footprint omw print walk`},{key:"animals",lines:`🐵	monkey face	animal banana
🐒	monkey	animal banana
🦍	gorilla	animal
🦧	orangutan	animal ape monkey
🐶	dog face	adorbs animal pet puppies puppy
🐕️	dog	animal animals dogs pet
🦮	guide dog	accessibility animal blind
🐕‍🦺	service dog	accessibility animal assistance
🐩	poodle	animal dog fluffy
🐺	wolf	animal face
🦊	fox	animal face
🦝	raccoon	animal curious sly
🐱	cat face	animal kitten kitty pet
🐈️	cat	animal animals cats kitten pet
🐈‍⬛	black cat	animal feline halloween meow unlucky
🦁	lion	alpha animal face leo mane order rawr roar safari strong zodiac
🐯	tiger face	animal big cat predator
🐅	tiger	animal big cat predator zoo
🐆	leopard	animal big cat predator zoo
🐴	horse face	animal dressage equine farm horses
🫎	moose	alces animal antlers elk mammal
🫏	donkey	animal ass burro hinny mammal mule stubborn
🐎	horse	animal equestrian farm racehorse racing
🦄	unicorn	face
🦓	zebra	animal stripe
🦌	deer	animal
🦬	bison	animal buffalo herd wisent
🐮	cow face	animal farm milk moo
🐂	ox	animal animals bull farm taurus zodiac
🐃	water buffalo	animal zoo
🐄	cow	animal animals farm milk moo
🐷	pig face	animal bacon farm pork
🐖	pig	animal bacon farm pork sow
🐗	boar	animal pig
🐽	pig nose	animal face farm smell snout
🐏	ram	animal aries horns male sheep zodiac zoo
🐑	ewe	animal baa farm female fluffy lamb sheep wool
🐐	goat	animal capricorn farm milk zodiac
🐪	camel	animal desert dromedary hump one
🐫	two-hump camel	animal bactrian desert hump two
🦙	llama	alpaca animal guanaco vicuña wool
🦒	giraffe	animal spots
🐘	elephant	animal
🦣	mammoth	animal extinction large tusk wooly
🦏	rhinoceros	animal
🦛	hippopotamus	animal hippo
🐭	mouse face	animal
🐁	mouse	animal animals
🐀	rat	animal
🐹	hamster	animal face pet
🐰	rabbit face	animal bunny pet
🐇	rabbit	animal bunny pet
🐿️	chipmunk	animal squirrel
🦫	beaver	animal dam teeth
🦔	hedgehog	animal spiny
🦇	bat	animal vampire
🐻	bear	animal face grizzly growl honey
🐻‍❄️	polar bear	animal arctic white
🐨	koala	animal australia bear down face marsupial under
🐼	panda	animal bamboo face
🦥	sloth	lazy slow
🦦	otter	animal fishing playful
🦨	skunk	animal stink
🦘	kangaroo	animal joey jump marsupial
🦡	badger	animal honey pester
🐾	paw prints	feet paws print
🦃	turkey	bird gobble thanksgiving
🐔	chicken	animal bird ornithology
🐓	rooster	animal bird ornithology
🐣	hatching chick	animal baby bird egg
🐤	baby chick	animal bird ornithology
🐥	front-facing baby chick	animal bird newborn ornithology
🐦️	bird	animal ornithology
🐧	penguin	animal antarctica bird ornithology
🕊️	dove	bird fly ornithology peace
🦅	eagle	animal bird ornithology
🦆	duck	animal bird ornithology
🦢	swan	animal bird cygnet duckling ornithology ugly
🦉	owl	animal bird ornithology wise
🦤	dodo	animal bird extinction large ornithology
🪶	feather	bird flight light plumage
🦩	flamingo	animal bird flamboyant ornithology tropical
🦚	peacock	animal bird colorful ornithology ostentatious peahen pretty proud
🦜	parrot	animal bird ornithology pirate talk
🪽	wing	angelic ascend aviation bird fly flying heavenly mythology soar
🐦‍⬛	black bird	animal beak caw corvid crow ornithology raven rook
🪿	goose	animal bird duck flock fowl gaggle gander geese honk ornithology silly
🐸	frog	animal face
🐊	crocodile	animal zoo
🐢	turtle	animal terrapin tortoise
🦎	lizard	animal reptile
🐍	snake	animal bearer ophiuchus serpent zodiac
🐲	dragon face	animal fairy fairytale tale
🐉	dragon	animal fairy fairytale knights tale
🦕	sauropod	brachiosaurus brontosaurus dinosaur diplodocus
🦖	T-Rex	dinosaur rex t tyrannosaurus
🐳	spouting whale	animal beach face ocean
🐋	whale	animal beach ocean
🐬	dolphin	animal beach flipper ocean
🦭	seal	animal lion ocean sea
🐟️	fish	animal dinner fishes fishing pisces zodiac
🐠	tropical fish	animal fishes
🐡	blowfish	animal fish
🦈	shark	animal fish
🐙	octopus	animal creature ocean
🐚	spiral shell	animal beach conch sea
🪸	coral	change climate ocean reef sea
🪼	jellyfish	animal aquarium burn invertebrate jelly life marine ocean ouch plankton sea sting stinger tentacles
🦀	crab	cancer zodiac
🦞	lobster	animal bisque claws seafood
🦐	shrimp	food shellfish small
🦑	squid	animal food mollusk
🦪	oyster	diving pearl
🐌	snail	animal escargot garden nature slug
🦋	butterfly	insect pretty
🐛	bug	animal garden insect
🐜	ant	animal garden insect
🐝	honeybee	animal bee bumblebee honey insect nature spring
🪲	beetle	animal bug insect
🐞	lady beetle	animal garden insect ladybird ladybug nature
🦗	cricket	animal bug grasshopper insect orthoptera
🪳	cockroach	animal insect pest roach
🕷️	spider	animal insect
🕸️	spider web	
🦂	scorpion	scorpio scorpius zodiac
🦟	mosquito	bite disease fever insect malaria pest virus
🪰	fly	animal disease insect maggot pest rotting
🪱	worm	animal annelid earthworm parasite
🦠	microbe	amoeba bacteria science virus
💐	bouquet	anniversary birthday date flower love plant romance
🌸	cherry blossom	flower plant spring springtime
💮	white flower	
🪷	lotus	beauty buddhism calm flower hinduism peace purity serenity
🏵️	rosette	plant
🌹	rose	beauty elegant flower love plant red valentine
🥀	wilted flower	dying
🌺	hibiscus	flower plant
🌻	sunflower	flower outdoors plant sun
🌼	blossom	buttercup dandelion flower plant
🌷	tulip	blossom flower growth plant
🪻	hyacinth	bloom bluebonnet flower indigo lavender lilac lupine plant purple shrub snapdragon spring violet
🌱	seedling	plant sapling sprout young
🪴	potted plant	decor grow house nurturing pot
🌲	evergreen tree	christmas forest pine
🌳	deciduous tree	forest green habitat shedding
🌴	palm tree	beach plant tropical
🌵	cactus	desert drought nature plant
🌾	sheaf of rice	ear grain grains plant
🌿	herb	leaf plant
☘️	shamrock	irish plant
🍀	four leaf clover	4 four-leaf irish lucky plant
🍁	maple leaf	falling
🍂	fallen leaf	autumn fall falling
🍃	leaf fluttering in wind	blow flutter
🪹	empty nest	branch home nesting
🪺	nest with eggs	bird branch egg nesting
🍄	mushroom	fungus toadstool`},{key:"food",lines:`🍇	grapes	dionysus fruit grape
🍈	melon	cantaloupe fruit
🍉	watermelon	fruit
🍊	tangerine	c citrus fruit nectarine orange vitamin
🍋	lemon	citrus fruit sour
🍌	banana	fruit potassium
🍍	pineapple	colada fruit pina tropical
🥭	mango	food fruit tropical
🍎	red apple	diet food fruit health ripe
🍏	green apple	fruit
🍐	pear	fruit
🍑	peach	fruit
🍒	cherries	berries cherry fruit red
🍓	strawberry	berry fruit
🫐	blueberries	berries berry bilberry blue blueberry food fruit
🥝	kiwi fruit	food
🍅	tomato	food fruit vegetable
🫒	olive	food
🥥	coconut	colada palm piña
🥑	avocado	food fruit
🍆	eggplant	aubergine vegetable
🥔	potato	food vegetable
🥕	carrot	food vegetable
🌽	ear of corn	crops farm maize maze
🌶️	hot pepper	
🫑	bell pepper	capsicum food vegetable
🥒	cucumber	food pickle vegetable
🥬	leafy green	bok burgers cabbage choy kale lettuce salad
🥦	broccoli	cabbage wild
🧄	garlic	flavoring
🧅	onion	flavoring
🥜	peanuts	food nut peanut vegetable
🫘	beans	food kidney legume small
🌰	chestnut	almond plant
🫚	ginger root	beer health herb natural spice
🫛	pea pod	beans beanstalk edamame legume soybean vegetable veggie
🍞	bread	carbs food grain loaf restaurant toast wheat
🥐	croissant	bread breakfast crescent food french roll
🥖	baguette bread	food french
🫓	flatbread	arepa bread food gordita lavash naan pita
🥨	pretzel	convoluted twisted
🥯	bagel	bakery bread breakfast schmear
🥞	pancakes	breakfast crêpe food hotcake pancake
🧇	waffle	breakfast indecisive iron
🧀	cheese wedge	
🍖	meat on bone	
🍗	poultry leg	bone chicken drumstick hungry turkey
🥩	cut of meat	chop lambchop porkchop red steak
🥓	bacon	breakfast food meat
🍔	hamburger	burger eat fast food hungry
🍟	french fries	fast food
🍕	pizza	cheese food hungry pepperoni slice
🌭	hot dog	frankfurter hotdog sausage
🥪	sandwich	bread
🌮	taco	mexican
🌯	burrito	mexican wrap
🫔	tamale	food mexican pamonha wrapped
🥙	stuffed flatbread	falafel food gyro kebab
🧆	falafel	chickpea meatball
🥚	egg	breakfast food
🍳	cooking	breakfast easy egg fry frying over pan restaurant side sunny up
🥘	shallow pan of food	casserole paella
🍲	pot of food	soup stew
🫕	fondue	cheese chocolate food melted pot ski
🥣	bowl with spoon	breakfast cereal congee oatmeal porridge
🥗	green salad	food
🍿	popcorn	corn movie pop
🧈	butter	dairy
🧂	salt	condiment flavor mad salty shaker taste upset
🥫	canned food	can
🍱	bento box	food
🍘	rice cracker	food
🍙	rice ball	food japanese
🍚	cooked rice	food
🍛	curry rice	food
🍜	steaming bowl	chopsticks food noodle pho ramen soup
🍝	spaghetti	food meatballs pasta restaurant
🍠	roasted sweet potato	food
🍢	oden	food kebab restaurant seafood skewer stick
🍣	sushi	food
🍤	fried shrimp	prawn tempura
🍥	fish cake with swirl	food pastry restaurant
🥮	moon cake	autumn festival yuèbǐng
🍡	dango	dessert japanese skewer stick sweet
🥟	dumpling	empanada gyōza jiaozi pierogi potsticker
🥠	fortune cookie	prophecy
🥡	takeout box	chopsticks delivery food oyster pail
🍦	soft ice cream	dessert food icecream restaurant serve sweet
🍧	shaved ice	dessert restaurant sweet
🍨	ice cream	dessert food restaurant sweet
🍩	doughnut	breakfast dessert donut food sweet
🍪	cookie	chip chocolate dessert sweet
🎂	birthday cake	bday celebration dessert happy pastry sweet
🍰	shortcake	cake dessert pastry slice sweet
🧁	cupcake	bakery dessert sprinkles sugar sweet treat
🥧	pie	apple filling fruit meat pastry pumpkin slice
🍫	chocolate bar	candy dessert halloween sweet tooth
🍬	candy	cavities dessert halloween restaurant sweet tooth wrapper
🍭	lollipop	candy dessert food restaurant sweet
🍮	custard	dessert pudding sweet
🍯	honey pot	barrel bear food honeypot jar sweet
🍼	baby bottle	babies birth born drink infant milk newborn
🥛	glass of milk	drink
☕️	hot beverage	cafe caffeine chai coffee drink morning steaming tea
🫖	teapot	brew drink food pot tea
🍵	teacup without handle	beverage cup drink oolong tea
🍶	sake	bar beverage bottle cup drink restaurant
🍾	bottle with popping cork	bar drink
🍷	wine glass	alcohol bar beverage booze club drink drinking drinks restaurant
🍸️	cocktail glass	alcohol bar booze club drink drinking drinks mad martini men
🍹	tropical drink	alcohol bar booze club cocktail drinking drinks drunk mai party tai tropics
🍺	beer mug	alcohol ale bar booze drink drinking drinks octoberfest oktoberfest pint stein summer
🍻	clinking beer mugs	alcohol bar booze bottoms cheers clink drinking drinks
🥂	clinking glasses	celebrate clink drink glass
🥃	tumbler glass	liquor scotch shot whiskey whisky
🫗	pouring liquid	accident drink empty glass oops pour spill water
🥤	cup with straw	drink juice malt soda soft water
🧋	bubble tea	boba food milk pearl
🧃	beverage box	juice straw sweet
🧉	mate	drink
🧊	ice	cold cube iceberg
🥢	chopsticks	hashi jeotgarak kuaizi
🍽️	fork and knife with plate	cooking dinner eat
🍴	fork and knife	breakfast breaky cooking cutlery delicious dinner eat feed food hungry lunch restaurant yum yummy
🥄	spoon	eat tableware
🔪	kitchen knife	chef cooking hocho tool weapon
🫙	jar	condiment container empty nothing sauce store
🏺	amphora	aquarius cooking drink jug tool weapon zodiac`},{key:"travel",lines:`🌍️	globe showing Europe-Africa	africa earth europe world
🌎️	globe showing Americas	earth world
🌏️	globe showing Asia-Australia	asia australia earth world
🌐	globe with meridians	earth internet web world worldwide
🗺️	world map	
🗾	map of Japan	
🧭	compass	direction magnetic navigation orienteering
🏔️	snow-capped mountain	cold snow
⛰️	mountain	
🌋	volcano	eruption mountain nature
🗻	mount fuji	mountain nature
🏕️	camping	
🏖️	beach with umbrella	
🏜️	desert	
🏝️	desert island	
🏞️	national park	
🏟️	stadium	
🏛️	classical building	
🏗️	building construction	crane
🧱	brick	bricks clay mortar wall
🪨	rock	boulder heavy solid stone tough
🪵	wood	log lumber timber
🛖	hut	home house roundhouse shelter yurt
🏘️	houses	house
🏚️	derelict house	home
🏠️	house	building country heart home ranch settle simple suburban suburbia where
🏡	house with garden	building country heart home ranch settle simple suburban suburbia where
🏢	office building	city cubical job
🏣	Japanese post office	building
🏤	post office	building european
🏥	hospital	building doctor medicine
🏦	bank	building
🏨	hotel	building
🏩	love hotel	building
🏪	convenience store	24 building hours
🏫	school	building
🏬	department store	building
🏭️	factory	building
🏯	Japanese castle	building
🏰	castle	building european
💒	wedding	chapel hitched nuptials romance
🗼	Tokyo tower	
🗽	Statue of Liberty	new ny nyc york
⛪️	church	bless chapel christian cross religion
🕌	mosque	islam masjid muslim religion
🛕	hindu temple	
🕍	synagogue	jew jewish judaism religion temple
⛩️	shinto shrine	religion
🕋	kaaba	hajj islam muslim religion umrah
⛲️	fountain	
⛺️	tent	camping
🌁	foggy	fog
🌃	night with stars	star
🏙️	cityscape	city
🌄	sunrise over mountains	morning sun
🌅	sunrise	morning nature sun
🌆	cityscape at dusk	building city evening landscape sun sunset
🌇	sunset	building dusk sun
🌉	bridge at night	
♨️	hot springs	hotsprings steaming
🎠	carousel horse	entertainment
🛝	playground slide	amusement park play playing sliding theme
🎡	ferris wheel	amusement park theme
🎢	roller coaster	amusement park theme
💈	barber pole	cut fresh haircut shave
🎪	circus tent	
🚂	locomotive	caboose engine railway steam train trains travel
🚃	railway car	electric train tram travel trolleybus
🚄	high-speed train	railway shinkansen speed
🚅	bullet train	high-speed nose railway shinkansen speed travel
🚆	train	arrived choo railway
🚇️	metro	subway travel
🚈	light rail	arrived monorail railway
🚉	station	railway train
🚊	tram	trolleybus
🚝	monorail	vehicle
🚞	mountain railway	car trip
🚋	tram car	bus trolley trolleybus
🚌	bus	school vehicle
🚍️	oncoming bus	cars
🚎	trolleybus	bus tram trolley
🚐	minibus	bus drive van vehicle
🚑️	ambulance	emergency vehicle
🚒	fire engine	truck
🚓	police car	5 0 cops patrol
🚔️	oncoming police car	
🚕	taxi	cab cabbie car drive vehicle yellow
🚖	oncoming taxi	cab cabbie cars drove hail yellow
🚗	automobile	car driving vehicle
🚘️	oncoming automobile	car cars drove vehicle
🚙	sport utility vehicle	car drive recreational sportutility
🛻	pickup truck	automobile car flatbed pick-up transportation
🚚	delivery truck	car drive vehicle
🚛	articulated lorry	car drive move semi truck vehicle
🚜	tractor	vehicle
🏎️	racing car	zoom
🏍️	motorcycle	racing
🛵	motor scooter	
🦽	manual wheelchair	accessibility
🦼	motorized wheelchair	accessibility
🛺	auto rickshaw	tuk
🚲️	bicycle	bike class cycle cycling cyclist gang ride spin spinning
🛴	kick scooter	
🛹	skateboard	board skate skater wheels
🛼	roller skate	blades skates sport
🚏	bus stop	busstop
🛣️	motorway	highway road
🛤️	railway track	train
🛢️	oil drum	
⛽️	fuel pump	diesel fuelpump gas gasoline station
🛞	wheel	car circle tire turn vehicle
🚨	police car light	alarm alert beacon emergency revolving siren
🚥	horizontal traffic light	intersection signal stop stoplight
🚦	vertical traffic light	drove intersection signal stop stoplight
🛑	stop sign	octagonal
🚧	construction	barrier
⚓️	anchor	ship tool
🛟	ring buoy	float life lifesaver preserver rescue safety save saver swim
⛵️	sailboat	boat resort sailing sea yacht
🛶	canoe	boat
🚤	speedboat	billionaire boat lake luxury millionaire summer travel
🛳️	passenger ship	
⛴️	ferry	boat passenger
🛥️	motor boat	motorboat
🚢	ship	boat passenger travel
✈️	airplane	aeroplane fly flying jet plane travel
🛩️	small airplane	aeroplane plane
🛫	airplane departure	aeroplane check-in departures plane
🛬	airplane arrival	aeroplane arrivals arriving landing plane
🪂	parachute	hang-glide parasail skydive
💺	seat	chair
🚁	helicopter	copter roflcopter travel vehicle
🚟	suspension railway	
🚠	mountain cableway	cable gondola lift ski
🚡	aerial tramway	cable car gondola ropeway
🛰️	satellite	space
🚀	rocket	launch rockets space travel
🛸	flying saucer	aliens extra terrestrial ufo
🛎️	bellhop bell	hotel
🧳	luggage	bag packing roller suitcase travel
⌛️	hourglass done	sand time timer
⏳️	hourglass not done	flowing hours sand timer waiting yolo
⌚️	watch	clock time
⏰️	alarm clock	hours hrs late time waiting
⏱️	stopwatch	clock time
⏲️	timer clock	
🕰️	mantelpiece clock	time
🕛️	twelve o’clock	12 00 time
🕧️	twelve-thirty	12 30 clock thirty time twelve
🕐️	one o’clock	1 00 time
🕜️	one-thirty	1 30 clock one thirty time
🕑️	two o’clock	2 00 time
🕝️	two-thirty	2 30 clock thirty time two
🕒️	three o’clock	3 00 time
🕞️	three-thirty	3 30 clock thirty three time
🕓️	four o’clock	4 00 time
🕟️	four-thirty	30 4 clock four thirty time
🕔️	five o’clock	5 00 time
🕠️	five-thirty	30 5 clock five thirty time
🕕️	six o’clock	6 00 time
🕡️	six-thirty	30 6 clock six thirty
🕖️	seven o’clock	0 7 00
🕢️	seven-thirty	30 7 clock seven thirty
🕗️	eight o’clock	8 00 time
🕣️	eight-thirty	30 8 clock eight thirty time
🕘️	nine o’clock	9 00 time
🕤️	nine-thirty	30 9 clock nine thirty time
🕙️	ten o’clock	0 10 00
🕥️	ten-thirty	10 30 clock ten thirty time
🕚️	eleven o’clock	11 00 time
🕦️	eleven-thirty	11 30 clock eleven thirty time
🌑	new moon	dark space
🌒	waxing crescent moon	dreams space
🌓	first quarter moon	space
🌔	waxing gibbous moon	space
🌕️	full moon	space
🌖	waning gibbous moon	space
🌗	last quarter moon	space
🌘	waning crescent moon	space
🌙	crescent moon	ramadan space
🌚	new moon face	space
🌛	first quarter moon face	space
🌜️	last quarter moon face	dreams
🌡️	thermometer	weather
☀️	sun	bright rays space sunny weather
🌝	full moon face	bright
🌞	sun with face	beach bright day heat shine sunny sunshine weather
🪐	ringed planet	saturn saturnine
⭐️	star	astronomy medium stars white
🌟	glowing star	glittery glow night shining sparkle win
🌠	shooting star	falling night space
🌌	milky way	space
☁️	cloud	weather
⛅️	sun behind cloud	cloudy weather
⛈️	cloud with lightning and rain	thunder thunderstorm
🌤️	sun behind small cloud	weather
🌥️	sun behind large cloud	weather
🌦️	sun behind rain cloud	weather
🌧️	cloud with rain	weather
🌨️	cloud with snow	cold weather
🌩️	cloud with lightning	weather
🌪️	tornado	cloud weather whirlwind
🌫️	fog	cloud weather
🌬️	wind face	blow cloud
🌀	cyclone	dizzy hurricane twister typhoon weather
🌈	rainbow	gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia nature pride queer rain trans transgender weather
🌂	closed umbrella	clothing rain
☂️	umbrella	clothing rain
☔️	umbrella with rain drops	clothing drop weather
⛱️	umbrella on ground	rain sun
⚡️	high voltage	danger electric electricity lightning nature thunder thunderbolt zap
❄️	snowflake	cold snow weather
☃️	snowman	cold man snow
⛄️	snowman without snow	cold man
☄️	comet	space
🔥	fire	af burn flame hot lit litaf tool
💧	droplet	cold comic drop nature sad sweat tear water weather
🌊	water wave	nature ocean surf surfer surfing`},{key:"activities",lines:`🎃	jack-o-lantern	celebration halloween jack lantern pumpkin
🎄	Christmas tree	celebration
🎆	fireworks	boom celebration entertainment yolo
🎇	sparkler	boom celebration fireworks sparkle
🧨	firecracker	dynamite explosive fire fireworks light pop popping spark
✨️	sparkles	magic sparkle star
🎈	balloon	birthday celebrate celebration
🎉	party popper	awesome birthday celebrate celebration excited hooray tada woohoo
🎊	confetti ball	celebrate celebration party woohoo
🎋	tanabata tree	banner celebration japanese
🎍	pine decoration	bamboo celebration japanese plant
🎎	Japanese dolls	celebration doll festival
🎏	carp streamer	celebration
🎐	wind chime	bell celebration
🎑	moon viewing ceremony	celebration
🧧	red envelope	gift good hóngbāo lai luck money see
🎀	ribbon	celebration
🎁	wrapped gift	birthday bow box celebration christmas present surprise
🎗️	reminder ribbon	celebration
🎟️	admission tickets	ticket
🎫	ticket	admission stub
🎖️	military medal	award celebration
🏆️	trophy	champion champs prize slay sport victory win winning
🏅	sports medal	award gold winner
🥇	1st place medal	first gold
🥈	2nd place medal	second silver
🥉	3rd place medal	bronze third
⚽️	soccer ball	football futbol sport
⚾️	baseball	ball sport
🥎	softball	ball glove sports underarm
🏀	basketball	ball hoop sport
🏐	volleyball	ball game
🏈	american football	ball bowl sport super
🏉	rugby football	ball sport
🎾	tennis	ball racquet sport
🥏	flying disc	ultimate
🎳	bowling	ball game sport strike
🏏	cricket game	ball bat
🏑	field hockey	ball game stick
🏒	ice hockey	game puck stick
🥍	lacrosse	ball goal sports stick
🏓	ping pong	ball bat game paddle pingpong table tennis
🏸	badminton	birdie game racquet shuttlecock
🥊	boxing glove	
🥋	martial arts uniform	judo karate taekwondo
🥅	goal net	
⛳️	flag in hole	golf sport
⛸️	ice skate	skating
🎣	fishing pole	entertainment fish sport
🤿	diving mask	scuba snorkeling
🎽	running shirt	athletics sash
🎿	skis	ski snow sport
🛷	sled	luge sledge sleigh snow toboggan
🥌	curling stone	game rock
🎯	bullseye	bull dart direct entertainment game hit target
🪀	yo-yo	fluctuate toy
🪁	kite	fly soar
🔫	water pistol	gun handgun revolver tool weapon
🎱	pool 8 ball	8ball billiard eight game
🔮	crystal ball	fairy fairytale fantasy fortune future magic tale tool
🪄	magic wand	magician witch wizard
🎮️	video game	controller entertainment
🕹️	joystick	game video videogame
🎰	slot machine	casino gamble gambling game slots
🎲	game die	dice entertainment
🧩	puzzle piece	clue interlocking jigsaw
🧸	teddy bear	plaything plush stuffed toy
🪅	piñata	candy celebrate celebration cinco de festive mayo party pinada pinata
🪩	mirror ball	dance disco glitter party
🪆	nesting dolls	babooshka baboushka babushka doll matryoshka russia
♠️	spade suit	card game
♥️	heart suit	card emotion game hearts
♦️	diamond suit	card game
♣️	club suit	card clubs game
♟️	chess pawn	dupe expendable
🃏	joker	card game wildcard
🀄️	mahjong red dragon	game
🎴	flower playing cards	card game japanese
🎭️	performing arts	actor actress art entertainment mask theater theatre thespian
🖼️	framed picture	art frame museum painting
🎨	artist palette	art artsy arty colorful creative entertainment museum painter painting
🧵	thread	needle sewing spool string
🪡	sewing needle	embroidery sew stitches sutures tailoring thread
🧶	yarn	ball crochet knit
🪢	knot	cord rope tangled tie twine twist`},{key:"objects",lines:`👓️	glasses	clothing eye eyeglasses eyewear
🕶️	sunglasses	dark eye eyewear glasses
🥽	goggles	dive eye protection scuba swimming welding
🥼	lab coat	clothes doctor dr experiment jacket scientist white
🦺	safety vest	emergency
👔	necktie	clothing employed serious shirt tie
👕	t-shirt	blue casual clothes clothing collar dressed shirt shopping tshirt weekend
👖	jeans	blue casual clothes clothing denim dressed pants shopping trousers weekend
🧣	scarf	bundle cold neck up
🧤	gloves	hand
🧥	coat	brr bundle cold jacket up
🧦	socks	stocking
👗	dress	clothes clothing dressed fancy shopping
👘	kimono	clothing comfortable
🥻	sari	clothing dress
🩱	one-piece swimsuit	bathing suit
🩲	briefs	bathing one-piece suit swimsuit underwear
🩳	shorts	bathing pants suit swimsuit underwear
👙	bikini	bathing beach clothing pool suit swim
👚	woman’s clothes	blouse clothing collar dress dressed lady shirt shopping
🪭	folding hand fan	clack clap cool cooling dance flirt flutter hot shy
👛	purse	clothes clothing coin dress fancy handbag shopping
👜	handbag	bag clothes clothing dress lady purse shopping
👝	clutch bag	clothes clothing dress handbag pouch purse
🛍️	shopping bags	bag hotel
🎒	backpack	backpacking bag bookbag education rucksack satchel school
🩴	thong sandal	beach flip flop sandals shoe thongs zōri
👞	man’s shoe	brown clothes clothing feet foot kick shoes shopping
👟	running shoe	athletic clothes clothing fast kick shoes shopping sneaker tennis
🥾	hiking boot	backpacking brown camping outdoors shoe
🥿	flat shoe	ballet comfy flats slip-on slipper
👠	high-heeled shoe	clothes clothing dress fashion heel heels shoes shopping stiletto woman
👡	woman’s sandal	clothing shoe
🩰	ballet shoes	dance
👢	woman’s boot	clothes clothing dress shoe shoes shopping
🪮	hair pick	afro comb groom
👑	crown	clothing family king medieval queen royal royalty win
👒	woman’s hat	clothes clothing garden hats party
🎩	top hat	clothes clothing fancy formal magic tophat
🎓️	graduation cap	celebration clothing education hat scholar
🧢	billed cap	baseball bent dad hat
🪖	military helmet	army soldier war warrior
⛑️	rescue worker’s helmet	aid cross face hat
📿	prayer beads	clothing necklace religion
💄	lipstick	cosmetics date makeup
💍	ring	diamond engaged engagement married romance shiny sparkling wedding
💎	gem stone	diamond engagement jewel money romance wedding
🔇	muted speaker	mute quiet silent sound
🔈️	speaker low volume	soft sound
🔉	speaker medium volume	sound
🔊	speaker high volume	loud music sound
📢	loudspeaker	address communication loud public sound
📣	megaphone	cheering sound
📯	postal horn	post
🔔	bell	break church sound
🔕	bell with slash	forbidden mute no not prohibited quiet silent sound
🎼	musical score	music note
🎵	musical note	music sound
🎶	musical notes	music note sound
🎙️	studio microphone	mic music
🎚️	level slider	music
🎛️	control knobs	music
🎤	microphone	karaoke mic music sing sound
🎧️	headphone	earbud sound
📻️	radio	entertainment tbt video
🎷	saxophone	instrument music sax
🎺	trumpet	instrument music
🪗	accordion	box concertina instrument music squeeze squeezebox
🎸	guitar	instrument music strat
🎹	musical keyboard	instrument music piano
🎻	violin	instrument music
🪕	banjo	music stringed
🥁	drum	drumsticks music
🪘	long drum	beat conga instrument rhythm
🪇	maracas	cha dance instrument music party percussion rattle shake shaker
🪈	flute	band fife flautist instrument marching music orchestra piccolo pipe recorder woodwind
📱	mobile phone	cell communication telephone
📲	mobile phone with arrow	build call cell communication receive telephone
☎️	telephone	phone
📞	telephone receiver	communication phone voip
📟️	pager	communication
📠	fax machine	communication
🔋	battery	
🪫	low battery	drained electronic energy power
🔌	electric plug	electricity
💻️	laptop	computer office pc personal
🖥️	desktop computer	monitor
🖨️	printer	computer
⌨️	keyboard	computer
🖱️	computer mouse	
🖲️	trackball	computer
💽	computer disk	minidisk optical
💾	floppy disk	computer
💿️	optical disk	blu-ray cd computer dvd
📀	dvd	blu-ray cd computer disk optical
🧮	abacus	calculation calculator
🎥	movie camera	bollywood cinema film hollywood record
🎞️	film frames	cinema movie
📽️	film projector	cinema movie video
🎬️	clapper board	action movie
📺️	television	tv video
📷️	camera	photo selfie snap tbt trip video
📸	camera with flash	video
📹️	video camera	camcorder tbt
📼	videocassette	old school tape vcr vhs video
🔍️	magnifying glass tilted left	lab left-pointing science search tool
🔎	magnifying glass tilted right	contact lab right-pointing science search tool
🕯️	candle	light
💡	light bulb	comic electric idea
🔦	flashlight	electric light tool torch
🏮	red paper lantern	bar light restaurant
🪔	diya lamp	light oil
📔	notebook with decorative cover	book decorated education school writing
📕	closed book	education
📖	open book	education fantasy knowledge library novels reading
📗	green book	education fantasy library reading
📘	blue book	education fantasy library reading
📙	orange book	education fantasy library reading
📚️	books	book education fantasy knowledge library novels reading school study
📓	notebook	
📒	ledger	notebook
📃	page with curl	document paper
📜	scroll	paper
📄	page facing up	document paper
📰	newspaper	communication news paper
🗞️	rolled-up newspaper	news paper rolled
📑	bookmark tabs	mark marker
🔖	bookmark	mark
🏷️	label	tag
🪙	coin	dollar euro gold metal money rich silver treasure
💰️	money bag	bank bet billion cash cost dollar gold million moneybag paid paying pot rich win
💴	yen banknote	bank bill currency money note
💵	dollar banknote	bank bill currency money note
💶	euro banknote	100 bank bill currency money note rich
💷	pound banknote	bank bill billion cash currency money note pounds
💸	money with wings	bank banknote bill billion cash dollar fly million note pay
💳️	credit card	bank cash charge money pay
🧾	receipt	accounting bookkeeping evidence invoice proof
💹	chart increasing with yen	bank currency graph growth market money rise trend upward
✉️	envelope	e-mail email letter
📧	e-mail	email letter mail
📨	incoming envelope	delivering e-mail email letter mail receive sent
📩	envelope with arrow	communication down e-mail email letter mail outgoing send sent
📤️	outbox tray	box email letter mail sent
📥️	inbox tray	box email letter mail receive zero
📦️	package	box communication delivery parcel shipping
📫️	closed mailbox with raised flag	communication mail postbox
📪️	closed mailbox with lowered flag	mail postbox
📬️	open mailbox with raised flag	mail postbox
📭️	open mailbox with lowered flag	mail postbox
📮	postbox	mail mailbox
🗳️	ballot box with ballot	
✏️	pencil	
✒️	black nib	pen
🖋️	fountain pen	
🖊️	pen	ballpoint
🖌️	paintbrush	painting
🖍️	crayon	
📝	memo	communication media notes pencil
💼	briefcase	office
📁	file folder	
📂	open file folder	
🗂️	card index dividers	
📅	calendar	date
📆	tear-off calendar	
🗒️	spiral notepad	note pad
🗓️	spiral calendar	pad
📇	card index	old rolodex school
📈	chart increasing	data graph growth right trend up upward
📉	chart decreasing	data down downward graph negative trend
📊	bar chart	data graph
📋️	clipboard	do list notes
📌	pushpin	collage pin
📍	round pushpin	location map pin
📎	paperclip	
🖇️	linked paperclips	link paperclip
📏	straight ruler	angle edge math straightedge
📐	triangular ruler	angle math rule set slide triangle
✂️	scissors	cut cutting paper tool
🗃️	card file box	
🗄️	file cabinet	filing paper
🗑️	wastebasket	can garbage trash waste
🔒️	locked	closed lock private
🔓️	unlocked	cracked lock open unlock
🔏	locked with pen	ink lock nib privacy
🔐	locked with key	bike closed lock secure
🔑	key	keys lock major password unlock
🗝️	old key	clue lock
🔨	hammer	home improvement repairs tool
🪓	axe	ax chop hatchet split wood
⛏️	pick	hammer mining tool
⚒️	hammer and pick	tool
🛠️	hammer and wrench	spanner tool
🗡️	dagger	knife weapon
⚔️	crossed swords	weapon
💣️	bomb	boom comic dangerous explosion hot
🪃	boomerang	rebound repercussion weapon
🏹	bow and arrow	archer archery sagittarius tool weapon zodiac
🛡️	shield	weapon
🪚	carpentry saw	carpenter cut lumber tool trim
🔧	wrench	home improvement spanner tool
🪛	screwdriver	flathead handy screw tool
🔩	nut and bolt	home improvement tool
⚙️	gear	cog cogwheel tool
🗜️	clamp	compress tool vice
⚖️	balance scale	justice libra scales tool weight zodiac
🦯	white cane	accessibility blind probing
🔗	link	links
⛓️	chains	chain
🪝	hook	catch crook curve ensnare point selling
🧰	toolbox	box chest mechanic red tool
🧲	magnet	attraction horseshoe magnetic negative positive shape u
🪜	ladder	climb rung step
⚗️	alembic	chemistry tool
🧪	test tube	chemist chemistry experiment lab science
🧫	petri dish	bacteria biologist biology culture lab
🧬	dna	biologist evolution gene genetics life
🔬	microscope	experiment lab science tool
🔭	telescope	contact extraterrestrial science tool
📡	satellite antenna	aliens contact dish science
💉	syringe	doctor flu medicine needle shot sick tool vaccination
🩸	drop of blood	bleed donation injury medicine menstruation
💊	pill	doctor drugs medicated medicine pills sick vitamin
🩹	adhesive bandage	
🩼	crutch	aid cane disability help hurt injured mobility stick
🩺	stethoscope	doctor heart medicine
🩻	x-ray	bones doctor medical skeleton skull xray
🚪	door	back closet front
🛗	elevator	accessibility hoist lift
🪞	mirror	makeup reflection reflector speculum
🪟	window	air frame fresh opening transparent view
🛏️	bed	hotel sleep
🛋️	couch and lamp	hotel
🪑	chair	seat sit
🚽	toilet	bathroom
🪠	plunger	cup force plumber poop suction toilet
🚿	shower	water
🛁	bathtub	bath
🪤	mouse trap	bait cheese lure mousetrap snare
🪒	razor	sharp shave
🧴	lotion bottle	moisturizer shampoo sunscreen
🧷	safety pin	diaper punk rock
🧹	broom	cleaning sweeping witch
🧺	basket	farming laundry picnic
🧻	roll of paper	toilet towels
🪣	bucket	cask pail vat
🧼	soap	bar bathing clean cleaning lather soapdish
🫧	bubbles	bubble burp clean floating pearl soap underwater
🪥	toothbrush	bathroom brush clean dental hygiene teeth toiletry
🧽	sponge	absorbing cleaning porous soak
🧯	fire extinguisher	extinguish quench
🛒	shopping cart	trolley
🚬	cigarette	smoking
⚰️	coffin	dead death vampire
🪦	headstone	cemetery dead grave graveyard memorial rip tomb tombstone
⚱️	funeral urn	ashes death
🧿	nazar amulet	bead blue charm evil-eye talisman
🪬	hamsa	amulet fatima fortune guide hand mary miriam palm protect protection
🗿	moai	face moyai statue stoneface travel
🪧	placard	card demonstration notice picket plaque protest sign
🪪	identification card	credentials document id license security`},{key:"symbols",lines:`🏧	ATM sign	automated bank cash money teller
🚮	litter in bin sign	litterbin
🚰	potable water	drinking
♿️	wheelchair symbol	access handicap
🚹️	men’s room	bathroom lavatory man restroom toilet wc
🚺️	women’s room	bathroom lavatory restroom toilet wc woman
🚻	restroom	bathroom lavatory toilet wc
🚼️	baby symbol	changing
🚾	water closet	bathroom lavatory restroom toilet wc
🛂	passport control	
🛃	customs	packing
🛄	baggage claim	arrived bags case checked journey packing plane ready travel trip
🛅	left luggage	baggage case locker
⚠️	warning	caution
🚸	children crossing	child pedestrian traffic
⛔️	no entry	do fail forbidden not pass prohibited traffic
🚫	prohibited	entry forbidden no not smoke
🚳	no bicycles	bicycle bike forbidden not prohibited
🚭️	no smoking	forbidden not prohibited smoke
🚯	no littering	forbidden litter not prohibited
🚱	non-potable water	dry non-drinking prohibited
🚷	no pedestrians	forbidden not pedestrian prohibited
📵	no mobile phones	cell forbidden not phone prohibited telephone
🔞	no one under eighteen	18 age forbidden not prohibited restriction underage
☢️	radioactive	sign
☣️	biohazard	sign
⬆️	up arrow	cardinal direction north
↗️	up-right arrow	direction intercardinal northeast
➡️	right arrow	cardinal direction east
↘️	down-right arrow	direction intercardinal southeast
⬇️	down arrow	cardinal direction south
↙️	down-left arrow	direction intercardinal southwest
⬅️	left arrow	cardinal direction west
↖️	up-left arrow	direction intercardinal northwest
↕️	up-down arrow	
↔️	left-right arrow	
↩️	right arrow curving left	
↪️	left arrow curving right	
⤴️	right arrow curving up	
⤵️	right arrow curving down	
🔃	clockwise vertical arrows	arrow refresh reload
🔄	counterclockwise arrows button	again anticlockwise arrow deja refresh rewindershins vu
🔙	BACK arrow	
🔚	END arrow	
🔛	ON! arrow	mark
🔜	SOON arrow	brb omw
🔝	TOP arrow	homie up
🛐	place of worship	pray religion
⚛️	atom symbol	atheist
🕉️	om	hindu religion
✡️	star of David	jew jewish judaism religion
☸️	wheel of dharma	buddhist religion
☯️	yin yang	difficult lives religion tao taoist total yinyang
✝️	latin cross	christ christian religion
☦️	orthodox cross	christian religion
☪️	star and crescent	islam muslim ramadan religion
☮️	peace symbol	healing peaceful
🕎	menorah	candelabrum candlestick hanukkah jewish judaism religion
🔯	dotted six-pointed star	fortune jewish judaism
🪯	khanda	deg fateh khalsa religion sikh sikhism tegh
♈️	Aries	horoscope ram zodiac
♉️	Taurus	bull horoscope ox zodiac
♊️	Gemini	horoscope twins zodiac
♋️	Cancer	crab horoscope zodiac
♌️	Leo	horoscope lion zodiac
♍️	Virgo	horoscope zodiac
♎️	Libra	balance horoscope justice scales zodiac
♏️	Scorpio	horoscope scorpion scorpius zodiac
♐️	Sagittarius	archer horoscope zodiac
♑️	Capricorn	goat horoscope zodiac
♒️	Aquarius	bearer horoscope water zodiac
♓️	Pisces	fish horoscope zodiac
⛎️	Ophiuchus	bearer serpent snake zodiac
🔀	shuffle tracks button	arrow crossed
🔁	repeat button	arrow clockwise
🔂	repeat single button	arrow clockwise once
▶️	play button	arrow right triangle
⏩️	fast-forward button	arrow double fast forward
⏭️	next track button	arrow scene triangle
⏯️	play or pause button	arrow right triangle
◀️	reverse button	arrow left triangle
⏪️	fast reverse button	arrow double rewind
⏮️	last track button	arrow previous scene triangle
🔼	upwards button	arrow red up
⏫️	fast up button	arrow double
🔽	downwards button	arrow down red
⏬️	fast down button	arrow double
⏸️	pause button	bar double vertical
⏹️	stop button	square
⏺️	record button	circle
⏏️	eject button	
🎦	cinema	camera film movie
🔅	dim button	brightness low
🔆	bright button	brightness light
📶	antenna bars	bar cell communication mobile phone signal telephone
🛜	wireless	broadband computer connectivity hotspot internet network router smartphone wi-fi wifi wlan
📳	vibration mode	cell communication mobile phone telephone
📴	mobile phone off	cell telephone
♀️	female sign	woman
♂️	male sign	man
⚧️	transgender symbol	
✖️	multiply	cancel multiplication sign x
➕️	plus	+
➖️	minus	- heavy math sign
➗️	divide	division heavy math sign
🟰	heavy equals sign	answer equal equality math
♾️	infinity	forever unbounded universal
‼️	double exclamation mark	bangbang punctuation
⁉️	exclamation question mark	interrobang punctuation
❓️	red question mark	punctuation
❔️	white question mark	outlined punctuation
❕️	white exclamation mark	outlined punctuation
❗️	red exclamation mark	punctuation
〰️	wavy dash	punctuation
💱	currency exchange	bank money
💲	heavy dollar sign	billion cash charge currency million money pay
⚕️	medical symbol	aesculapius medicine staff
♻️	recycling symbol	recycle
⚜️	fleur-de-lis	knights
🔱	trident emblem	anchor poseidon ship tool
📛	name badge	
🔰	Japanese symbol for beginner	chevron green leaf tool yellow
⭕️	hollow red circle	heavy large o
✅️	check mark button	checked checkmark complete completed done fixed tick
☑️	check box with check	ballot checked done off tick
✔️	check mark	checked checkmark done heavy tick
❌️	cross mark	cancel multiplication multiply x
❎️	cross mark button	multiplication multiply square x
➰️	curly loop	curl
➿️	double curly loop	curl
〽️	part alternation mark	
✳️	eight-spoked asterisk	
✴️	eight-pointed star	
❇️	sparkle	
©️	copyright	c
®️	registered	r
™️	trade mark	tm trademark
#️⃣	keycap: #	
*️⃣	keycap: *	
0️⃣	keycap: 0	zero
1️⃣	keycap: 1	one
2️⃣	keycap: 2	two
3️⃣	keycap: 3	three
4️⃣	keycap: 4	four
5️⃣	keycap: 5	five
6️⃣	keycap: 6	six
7️⃣	keycap: 7	seven
8️⃣	keycap: 8	eight
9️⃣	keycap: 9	nine
🔟	keycap: 10	
🔠	input latin uppercase	abcd letters
🔡	input latin lowercase	abcd letters
🔢	input numbers	1234
🔣	input symbols	
🔤	input latin letters	abc alphabet
🅰️	A button (blood type)	
🆎	AB button (blood type)	
🅱️	B button (blood type)	
🆑	CL button	
🆒	COOL button	
🆓	FREE button	
ℹ️	information	i
🆔	ID button	identity
Ⓜ️	circled M	circle
🆕	NEW button	
🆖	NG button	
🅾️	O button (blood type)	
🆗	OK button	okay
🅿️	P button	parking
🆘	SOS button	help
🆙	UP! button	mark
🆚	VS button	versus
🈁	Japanese “here” button	katakana
🈂️	Japanese “service charge” button	katakana
🈷️	Japanese “monthly amount” button	ideograph
🈶	Japanese “not free of charge” button	ideograph
🈯️	Japanese “reserved” button	ideograph
🉐	Japanese “bargain” button	ideograph
🈹	Japanese “discount” button	ideograph
🈚️	Japanese “free of charge” button	ideograph
🈲	Japanese “prohibited” button	ideograph
🉑	Japanese “acceptable” button	ideograph
🈸	Japanese “application” button	ideograph
🈴	Japanese “passing grade” button	ideograph
🈳	Japanese “vacancy” button	ideograph
㊗️	Japanese “congratulations” button	ideograph
㊙️	Japanese “secret” button	ideograph
🈺	Japanese “open for business” button	ideograph
🈵	Japanese “no vacancy” button	ideograph
🔴	red circle	geometric
🟠	orange circle	
🟡	yellow circle	
🟢	green circle	
🔵	blue circle	geometric
🟣	purple circle	
🟤	brown circle	
⚫️	black circle	geometric
⚪️	white circle	geometric
🟥	red square	card penalty
🟧	orange square	
🟨	yellow square	card penalty
🟩	green square	
🟦	blue square	
🟪	purple square	
🟫	brown square	
⬛️	black large square	geometric
⬜️	white large square	geometric
◼️	black medium square	geometric
◻️	white medium square	geometric
◾️	black medium-small square	geometric
◽️	white medium-small square	geometric
▪️	black small square	geometric
▫️	white small square	geometric
🔶	large orange diamond	geometric
🔷	large blue diamond	geometric
🔸	small orange diamond	geometric
🔹	small blue diamond	geometric
🔺	red triangle pointed up	geometric
🔻	red triangle pointed down	geometric
💠	diamond with a dot	comic geometric
🔘	radio button	geometric
🔳	white square button	geometric outlined
🔲	black square button	geometric`},{key:"flags",lines:`🏁	chequered flag	checkered finish flags game race racing sport win
🚩	triangular flag	construction golf post
🎌	crossed flags	celebration cross japanese
🏴	black flag	waving
🏳️	white flag	waving
🏳️‍🌈	rainbow flag	bisexual gay genderqueer glbt glbtq lesbian lgbt lgbtq lgbtqia pride queer trans transgender
🏳️‍⚧️	transgender flag	blue light pink white
🏴‍☠️	pirate flag	jolly plunder roger treasure
🇦🇨	flag: Ascension Island	ac
🇦🇩	flag: Andorra	ad
🇦🇪	flag: United Arab Emirates	ae
🇦🇫	flag: Afghanistan	af
🇦🇬	flag: Antigua & Barbuda	ag
🇦🇮	flag: Anguilla	ai
🇦🇱	flag: Albania	al
🇦🇲	flag: Armenia	am
🇦🇴	flag: Angola	ao
🇦🇶	flag: Antarctica	aq
🇦🇷	flag: Argentina	ar
🇦🇸	flag: American Samoa	as
🇦🇹	flag: Austria	at
🇦🇺	flag: Australia	au
🇦🇼	flag: Aruba	aw
🇦🇽	flag: Åland Islands	ax
🇦🇿	flag: Azerbaijan	az
🇧🇦	flag: Bosnia & Herzegovina	ba
🇧🇧	flag: Barbados	bb
🇧🇩	flag: Bangladesh	bd
🇧🇪	flag: Belgium	be
🇧🇫	flag: Burkina Faso	bf
🇧🇬	flag: Bulgaria	bg
🇧🇭	flag: Bahrain	bh
🇧🇮	flag: Burundi	bi
🇧🇯	flag: Benin	bj
🇧🇱	flag: St. Barthélemy	bl
🇧🇲	flag: Bermuda	bm
🇧🇳	flag: Brunei	bn
🇧🇴	flag: Bolivia	bo
🇧🇶	flag: Caribbean Netherlands	bq
🇧🇷	flag: Brazil	br
🇧🇸	flag: Bahamas	bs
🇧🇹	flag: Bhutan	bt
🇧🇻	flag: Bouvet Island	bv
🇧🇼	flag: Botswana	bw
🇧🇾	flag: Belarus	by
🇧🇿	flag: Belize	bz
🇨🇦	flag: Canada	ca
🇨🇨	flag: Cocos (Keeling) Islands	cc
🇨🇩	flag: Congo - Kinshasa	cd
🇨🇫	flag: Central African Republic	cf
🇨🇬	flag: Congo - Brazzaville	cg
🇨🇭	flag: Switzerland	ch
🇨🇮	flag: Côte d’Ivoire	ci
🇨🇰	flag: Cook Islands	ck
🇨🇱	flag: Chile	cl
🇨🇲	flag: Cameroon	cm
🇨🇳	flag: China	cn
🇨🇴	flag: Colombia	co
🇨🇵	flag: Clipperton Island	cp
🇨🇷	flag: Costa Rica	cr
🇨🇺	flag: Cuba	cu
🇨🇻	flag: Cape Verde	cv
🇨🇼	flag: Curaçao	cw
🇨🇽	flag: Christmas Island	cx
🇨🇾	flag: Cyprus	cy
🇨🇿	flag: Czechia	cz
🇩🇪	flag: Germany	de
🇩🇬	flag: Diego Garcia	dg
🇩🇯	flag: Djibouti	dj
🇩🇰	flag: Denmark	dk
🇩🇲	flag: Dominica	dm
🇩🇴	flag: Dominican Republic	do
🇩🇿	flag: Algeria	dz
🇪🇦	flag: Ceuta & Melilla	ea
🇪🇨	flag: Ecuador	ec
🇪🇪	flag: Estonia	ee
🇪🇬	flag: Egypt	eg
🇪🇭	flag: Western Sahara	eh
🇪🇷	flag: Eritrea	er
🇪🇸	flag: Spain	es
🇪🇹	flag: Ethiopia	et
🇪🇺	flag: European Union	eu
🇫🇮	flag: Finland	fi
🇫🇯	flag: Fiji	fj
🇫🇰	flag: Falkland Islands	fk
🇫🇲	flag: Micronesia	fm
🇫🇴	flag: Faroe Islands	fo
🇫🇷	flag: France	fr
🇬🇦	flag: Gabon	ga
🇬🇧	flag: United Kingdom	gb
🇬🇩	flag: Grenada	gd
🇬🇪	flag: Georgia	ge
🇬🇫	flag: French Guiana	gf
🇬🇬	flag: Guernsey	gg
🇬🇭	flag: Ghana	gh
🇬🇮	flag: Gibraltar	gi
🇬🇱	flag: Greenland	gl
🇬🇲	flag: Gambia	gm
🇬🇳	flag: Guinea	gn
🇬🇵	flag: Guadeloupe	gp
🇬🇶	flag: Equatorial Guinea	gq
🇬🇷	flag: Greece	gr
🇬🇸	flag: South Georgia & South Sandwich Islands	gs
🇬🇹	flag: Guatemala	gt
🇬🇺	flag: Guam	gu
🇬🇼	flag: Guinea-Bissau	gw
🇬🇾	flag: Guyana	gy
🇭🇰	flag: Hong Kong SAR China	hk
🇭🇲	flag: Heard & McDonald Islands	hm
🇭🇳	flag: Honduras	hn
🇭🇷	flag: Croatia	hr
🇭🇹	flag: Haiti	ht
🇭🇺	flag: Hungary	hu
🇮🇨	flag: Canary Islands	ic
🇮🇩	flag: Indonesia	id
🇮🇪	flag: Ireland	ie
🇮🇱	flag: Israel	il
🇮🇲	flag: Isle of Man	im
🇮🇳	flag: India	in
🇮🇴	flag: British Indian Ocean Territory	io
🇮🇶	flag: Iraq	iq
🇮🇷	flag: Iran	ir
🇮🇸	flag: Iceland	is
🇮🇹	flag: Italy	it
🇯🇪	flag: Jersey	je
🇯🇲	flag: Jamaica	jm
🇯🇴	flag: Jordan	jo
🇯🇵	flag: Japan	jp
🇰🇪	flag: Kenya	ke
🇰🇬	flag: Kyrgyzstan	kg
🇰🇭	flag: Cambodia	kh
🇰🇮	flag: Kiribati	ki
🇰🇲	flag: Comoros	km
🇰🇳	flag: St. Kitts & Nevis	kn
🇰🇵	flag: North Korea	kp
🇰🇷	flag: South Korea	kr
🇰🇼	flag: Kuwait	kw
🇰🇾	flag: Cayman Islands	ky
🇰🇿	flag: Kazakhstan	kz
🇱🇦	flag: Laos	la
🇱🇧	flag: Lebanon	lb
🇱🇨	flag: St. Lucia	lc
🇱🇮	flag: Liechtenstein	li
🇱🇰	flag: Sri Lanka	lk
🇱🇷	flag: Liberia	lr
🇱🇸	flag: Lesotho	ls
🇱🇹	flag: Lithuania	lt
🇱🇺	flag: Luxembourg	lu
🇱🇻	flag: Latvia	lv
🇱🇾	flag: Libya	ly
🇲🇦	flag: Morocco	ma
🇲🇨	flag: Monaco	mc
🇲🇩	flag: Moldova	md
🇲🇪	flag: Montenegro	me
🇲🇫	flag: St. Martin	mf
🇲🇬	flag: Madagascar	mg
🇲🇭	flag: Marshall Islands	mh
🇲🇰	flag: North Macedonia	mk
🇲🇱	flag: Mali	ml
🇲🇲	flag: Myanmar (Burma)	mm
🇲🇳	flag: Mongolia	mn
🇲🇴	flag: Macao SAR China	mo
🇲🇵	flag: Northern Mariana Islands	mp
🇲🇶	flag: Martinique	mq
🇲🇷	flag: Mauritania	mr
🇲🇸	flag: Montserrat	ms
🇲🇹	flag: Malta	mt
🇲🇺	flag: Mauritius	mu
🇲🇻	flag: Maldives	mv
🇲🇼	flag: Malawi	mw
🇲🇽	flag: Mexico	mx
🇲🇾	flag: Malaysia	my
🇲🇿	flag: Mozambique	mz
🇳🇦	flag: Namibia	na
🇳🇨	flag: New Caledonia	nc
🇳🇪	flag: Niger	ne
🇳🇫	flag: Norfolk Island	nf
🇳🇬	flag: Nigeria	ng
🇳🇮	flag: Nicaragua	ni
🇳🇱	flag: Netherlands	nl
🇳🇴	flag: Norway	no
🇳🇵	flag: Nepal	np
🇳🇷	flag: Nauru	nr
🇳🇺	flag: Niue	nu
🇳🇿	flag: New Zealand	nz
🇴🇲	flag: Oman	om
🇵🇦	flag: Panama	pa
🇵🇪	flag: Peru	pe
🇵🇫	flag: French Polynesia	pf
🇵🇬	flag: Papua New Guinea	pg
🇵🇭	flag: Philippines	ph
🇵🇰	flag: Pakistan	pk
🇵🇱	flag: Poland	pl
🇵🇲	flag: St. Pierre & Miquelon	pm
🇵🇳	flag: Pitcairn Islands	pn
🇵🇷	flag: Puerto Rico	pr
🇵🇸	flag: Palestinian Territories	ps
🇵🇹	flag: Portugal	pt
🇵🇼	flag: Palau	pw
🇵🇾	flag: Paraguay	py
🇶🇦	flag: Qatar	qa
🇷🇪	flag: Réunion	re
🇷🇴	flag: Romania	ro
🇷🇸	flag: Serbia	rs
🇷🇺	flag: Russia	ru
🇷🇼	flag: Rwanda	rw
🇸🇦	flag: Saudi Arabia	sa
🇸🇧	flag: Solomon Islands	sb
🇸🇨	flag: Seychelles	sc
🇸🇩	flag: Sudan	sd
🇸🇪	flag: Sweden	se
🇸🇬	flag: Singapore	sg
🇸🇭	flag: St. Helena	sh
🇸🇮	flag: Slovenia	si
🇸🇯	flag: Svalbard & Jan Mayen	sj
🇸🇰	flag: Slovakia	sk
🇸🇱	flag: Sierra Leone	sl
🇸🇲	flag: San Marino	sm
🇸🇳	flag: Senegal	sn
🇸🇴	flag: Somalia	so
🇸🇷	flag: Suriname	sr
🇸🇸	flag: South Sudan	ss
🇸🇹	flag: São Tomé & Príncipe	st
🇸🇻	flag: El Salvador	sv
🇸🇽	flag: Sint Maarten	sx
🇸🇾	flag: Syria	sy
🇸🇿	flag: Eswatini	sz
🇹🇦	flag: Tristan da Cunha	ta
🇹🇨	flag: Turks & Caicos Islands	tc
🇹🇩	flag: Chad	td
🇹🇫	flag: French Southern Territories	tf
🇹🇬	flag: Togo	tg
🇹🇭	flag: Thailand	th
🇹🇯	flag: Tajikistan	tj
🇹🇰	flag: Tokelau	tk
🇹🇱	flag: Timor-Leste	tl
🇹🇲	flag: Turkmenistan	tm
🇹🇳	flag: Tunisia	tn
🇹🇴	flag: Tonga	to
🇹🇷	flag: Türkiye	tr
🇹🇹	flag: Trinidad & Tobago	tt
🇹🇻	flag: Tuvalu	tv
🇹🇼	flag: Taiwan	tw
🇹🇿	flag: Tanzania	tz
🇺🇦	flag: Ukraine	ua
🇺🇬	flag: Uganda	ug
🇺🇲	flag: U.S. Outlying Islands	um
🇺🇳	flag: United Nations	un
🇺🇸	flag: United States	us
🇺🇾	flag: Uruguay	uy
🇺🇿	flag: Uzbekistan	uz
🇻🇦	flag: Vatican City	va
🇻🇨	flag: St. Vincent & Grenadines	vc
🇻🇪	flag: Venezuela	ve
🇻🇬	flag: British Virgin Islands	vg
🇻🇮	flag: U.S. Virgin Islands	vi
🇻🇳	flag: Vietnam	vn
🇻🇺	flag: Vanuatu	vu
🇼🇫	flag: Wallis & Futuna	wf
🇼🇸	flag: Samoa	ws
🇽🇰	flag: Kosovo	xk
🇾🇪	flag: Yemen	ye
🇾🇹	flag: Mayotte	yt
🇿🇦	flag: South Africa	za
🇿🇲	flag: Zambia	zm
🇿🇼	flag: Zimbabwe	zw
🏴󠁧󠁢󠁥󠁮󠁧󠁿	flag: England	gbeng
🏴󠁧󠁢󠁳󠁣󠁴󠁿	flag: Scotland	gbsct
🏴󠁧󠁢󠁷󠁬󠁳󠁿	flag: Wales	gbwls`}];var Jd=80,ns;function is(){let e=t=>{let[n="",i="",r=""]=t.split("	");return{emoji:n,name:i,words:`${i} ${r}`.toLowerCase()}};return ns??=new Map(yr.map(({key:t,lines:n})=>[t,n.split(`
`).map(e)])),ns}function Zd(e){let t=e.toLowerCase().split(/\s+/).filter(Boolean),n=({words:o})=>t.every(a=>o.startsWith(a)||o.includes(` ${a}`)),i=({words:o})=>o.startsWith(t[0]??"")?0:1;return[...is().values()].flat().filter(n).sort((o,a)=>i(o)-i(a)).slice(0,Jd)}function Zn(e){let t=is(),n=new Map([...t.values()].flat().map(({emoji:S,name:v})=>[S,v])),i=S=>{Jt.add(S),M.close(),e(S)},r=c("div.emoji-grid",{onclick:S=>o(S.target)}),o=S=>{let v=S.closest("[data-pick]")?.dataset.pick;v&&i(v)},a=S=>c("button.emoji",{type:"button","data-pick":S,"aria-label":n.get(S)??S,title:n.get(S)},S),s=S=>{let v=S==="recent"?Jt.get():(t.get(S)??[]).map(({emoji:D})=>D);r.replaceChildren(...v.map(a)),r.scrollTop=0;for(let D of x.children)D.setAttribute("aria-pressed",String(D.dataset.group===S))},u=()=>{if(!d.value.trim())return s(m);let S=Zd(d.value);r.replaceChildren(...S.map(({emoji:v})=>a(v))),S.length===0&&r.append(c("p.empty",{},l.nothingFound))},h=S=>{let v=r.querySelector("[data-pick]")?.dataset.pick;S.key!=="Enter"||!v||(S.preventDefault(),i(v))},d=c("input",{type:"search",placeholder:l.searchEmoji,"aria-label":l.searchEmoji,oninput:u,onkeydown:h}),m=Jt.get().length?"recent":"smileys",f=[...Jt.get().length?["recent"]:[],...yr.map(({key:S})=>S)],p=S=>S==="recent"?"🕘":t.get(S)[0].emoji,x=c("div.emoji-groups",{role:"group","aria-label":l.emojiGroups.title},...f.map(S=>c("button.emoji",{type:"button","data-group":S,title:l.emojiGroups[S],"aria-label":l.emojiGroups[S],"aria-pressed":"false",onclick:()=>s(S)},p(S)))),M=tt(l.chooseEmoji,d,x,r);M.classList.add("emoji-picker"),s(m),d.focus()}function rs(e){let t=G(l.fileAddress,{type:"url",required:!0,placeholder:"https://…",pattern:"https?://.+",dir:"ltr"}),n=G(l.nameOptional,{maxlength:80}),i=o=>{o.preventDefault();let a=t.input.value,s=new URL(a).pathname.split("/").pop();r.close(),e({url:a,name:n.input.value.trim()||s||a,size:0,mimeType:"application/octet-stream"})},r=tt(l.attachLink,c("form",{onsubmit:i},t.element,n.element,c("button.primary",{type:"submit"},l.attach)));t.input.focus()}var Qd=6,Xd=/(?:^|\s)@([\w.-]*)$/,Qn=class{element=c("ul.options.completion",{role:"listbox",id:"mentions","aria-label":l.membersHeading,hidden:!0});#t;#e;#n=[];#i=0;constructor(t,n){this.#t=t,this.#e=n,t.setAttribute("aria-controls","mentions"),t.setAttribute("aria-autocomplete","list")}hide(){this.element.hidden=!0,this.#n=[],this.#t.removeAttribute("aria-activedescendant")}update(){let t=this.#r()?.toLowerCase(),n=this.#e()?.room.members;if(t===void 0||!n)return this.hide();let i=({username:r,displayName:o})=>r.toLowerCase().startsWith(t)||o.toLowerCase().startsWith(t);this.#n=[...n.values()].map(({user:r})=>r).filter(i).slice(0,Qd),this.#i=0,this.#s()}key(t){if(this.#n.length===0)return!1;let n={ArrowDown:1,ArrowUp:-1}[t.key];if(n)this.#i=(this.#i+n+this.#n.length)%this.#n.length;else if(t.key==="Enter"||t.key==="Tab")this.#o(this.#n[this.#i]);else if(t.key==="Escape")this.hide();else return!1;return t.preventDefault(),n&&this.#s(),!0}#r=()=>this.#t.value.slice(0,this.#t.selectionStart).match(Xd)?.[1];#o(t){let n=this.#t.selectionStart;this.#t.setRangeText(`${t.username} `,n-(this.#r()?.length??0),n,"end"),this.hide(),this.#t.focus(),this.#t.dispatchEvent(new Event("input"))}#s(){this.element.hidden=this.#n.length===0,this.element.replaceChildren(...this.#n.map((t,n)=>this.#a(t,n))),this.#n.length?this.#t.setAttribute("aria-activedescendant",`mention-${this.#i}`):this.#t.removeAttribute("aria-activedescendant")}#a(t,n){let i=r=>{r.preventDefault(),this.#o(t)};return c("li",{role:"option",id:`mention-${n}`,"aria-selected":String(n===this.#i),onmousedown:i},yt(t,t.status),c("span.lines",{},O(t.displayName),c("small",{},O(`@${t.username}`))))}};var th=4e3,eh=220,os=.9,Xn=class{element;onEditLast=()=>{};onSent=()=>{};#t;#e;#n=c("div.about",{hidden:!0});#i=c("p.counter",{hidden:!0,role:"status"});#r=c("button.icon.send",{type:"submit",title:l.send,"aria-label":l.send},Y("send"));#o;#s;#a;#c;#l;#u=[];#h=0;#m=0;constructor(t){this.#t=t,this.#e=c("textarea",{rows:"1",placeholder:l.message,"aria-label":l.message,enterkeyhint:"send",autocomplete:"off",dir:"auto",oninput:()=>this.#w(),onkeydown:i=>this.#v(i)}),this.#s=new Qn(this.#e,()=>this.#a),this.#o=[X("clip",l.attachLink,()=>this.#S()),X("smile",l.insertEmoji,()=>Zn(i=>this.#k(i)))];let n=i=>{i.preventDefault(),this.#x()};this.element=c("form.composer",{onsubmit:n},this.#n,this.#s.element,c("div.line",{},...this.#o,this.#e,this.#r),this.#i),new ResizeObserver(()=>this.#e.clientWidth!==this.#m&&this.#b()).observe(this.#e)}open(t){this.#y(),this.#a=t,this.#d(t?Se.get(t.id):"")}draw(t){let n=!t.object.active;this.#e.disabled=n;for(let i of this.#o)i.disabled=n;this.#e.placeholder=n?l.chatIsArchived:l.messageTo(R(it(t))),this.#g()}focus(){this.#e.focus()}reply(t){this.#l&&this.#d(""),this.#c=t,this.#p(),this.focus()}edit(t){this.#y(),this.#d(t.content),this.#l=t,this.#p(),this.focus()}restore(t){let n=this.#l?"":this.#e.value;this.#d(n?`${t}
${n}`:t),this.#y(),this.focus()}#d(t){this.#e.value=t,this.#c=this.#l=void 0,this.#u=[],this.#h=0,this.#p(),this.#s.hide(),this.#b(),this.#g()}#f(){this.#d(this.#l&&this.#a?Se.get(this.#a.id):this.#e.value),this.focus()}#p(){let t=this.#l??this.#c,n=this.#l?l.editingMessage:l.replyingTo(R(t?.sender.displayName??"")),i=this.#u.map(({name:r})=>c("span.attached",{},Y("clip"),O(r??"")));this.#n.hidden=!t&&i.length===0,this.#n.replaceChildren(c("span.lines",{},t&&c("strong",{},Z(n)),t&&c("small",{},O(mt(t))),...i),X("close",l.cancel,()=>this.#f()))}#b(){this.#m=this.#e.clientWidth,this.#e.style.height="",this.#m>0&&this.#e.value&&(this.#e.style.height=`${Math.min(this.#e.scrollHeight,eh)}px`)}#g(){let t=Pa(this.#t.client),n=this.#e.value.length<t*os?0:yo(this.#e.value.trim()),i=n-t;this.#i.hidden=n<t*os,this.#i.classList.toggle("over",i>0),this.#i.textContent=i>0?l.tooLong(i):l.characters(vt(n),vt(t)),this.#r.disabled=this.#e.disabled||i>0}#y(){this.#a&&!this.#l&&Se.set(this.#a.id,this.#e.value)}#w(){this.#b(),this.#g(),this.#s.update(),this.#y(),!(this.#l||Date.now()-this.#h<th)&&(this.#h=Date.now(),this.#a?.typing(this.#e.value.trim()!==""))}#k(t){this.#e.setRangeText(t,this.#e.selectionStart,this.#e.selectionEnd,"end"),this.#w(),this.focus()}#v(t){t.isComposing||this.#s.key(t)||(t.key==="Enter"&&!t.shiftKey?(t.preventDefault(),this.#x()):t.key==="Escape"&&(this.#l||this.#c)?this.#f():t.key==="ArrowUp"&&this.#e.value===""&&(t.preventDefault(),this.onEditLast()))}#x(){let t=this.#e.value.trim(),n=this.#a;if(this.#g(),!n||t===""||this.#r.disabled)return;if(this.#l)return void this.#E(n,this.#l,t);let i={content:t};this.#c&&(i.replyTo=this.#c.id),this.#u.length&&(i.attachments=this.#u),this.#d(""),this.#y(),n.send(i).catch(()=>{}),this.onSent()}async#E(t,n,i){this.#d(Se.get(t.id)),!(i===n.content||await I(t.edit(n.id,i)))&&(this.#a!==t||this.#e.value!==Se.get(t.id)||(this.edit(n),this.#e.value=i,this.#w()))}#S(){rs(t=>{this.#u.push(t),this.#p(),this.focus()})}};var ti=class{element=c("div.preview");#t;#e;#n="";#i;#r=0;constructor(t,n){this.#t=t,this.#e=n}open(t){if(t===this.#n&&this.#i)return this.draw();this.#n=t,this.#i=void 0,this.draw(),t&&this.#o(t)}draw(){this.element.replaceChildren(...this.#a())}async#o(t){let n=++this.#r,i=await this.#s(t).catch(o=>o);if(n!==this.#r)return;this.#i=i,!(i instanceof Error)&&this.#t.client.state.rooms.has(i.id)?this.#t.open(i.id):this.draw()}async#s(t){let{client:n}=this.#t,i=async r=>(await n.command({type:"GET_CHAT",chatId:r})).chat;try{return await i(t)}catch(r){if(!(r instanceof rt&&(r.code==="NOT_FOUND"||r.code==="INVALID_ARGUMENT"))||t.startsWith("#"))throw r;return i(`#${t}`)}}#a(){let t=X("back",l.backToChats,this.#e);if(t.classList.add("back"),!this.#t.isLoaded)return[t,c("p.hero",{"aria-busy":"true"},l.loading)];if(!this.#n){let n=F(l.startAChat,()=>en(this.#t),"primary");return[c("div.hero",{},Y("mail"),c("h2",{},l.chooseAChat),c("p",{},l.chooseAChatHint),n)]}return this.#i?[t,this.#i instanceof Error?nh(this.#i,this.#e):this.#c(this.#i)]:[t,c("p.hero",{"aria-busy":"true"},l.loading)]}#c(t){let n=async()=>{let i=await I(this.#t.client.join(t.id));i&&this.#t.open(i.id)};return c("div.hero",{},Y("hash"),c("h2",{dir:"auto"},O(`#${t.name}`)),t.description&&c("p",{dir:"auto"},t.description),c("p",{},l.members(t.memberCount)),c("p",{},Z(l.notAMember(R(`#${t.name}`)))),F(l.joinChannel,()=>{n()},"primary"))}};function nh(e,t){let n=e instanceof rt&&(e.code==="NOT_FOUND"||e.code==="INVALID_ARGUMENT");return c("div.hero",{role:"alert"},Y("search"),c("h2",{},n?l.chatNotFound:l.cannotOpenChat),c("p",{},n?l.chatNotFoundHint:dt(e)),F(l.backToChats,t))}function nn(e,t){let n=c("div.profile-place",{"aria-busy":"true"},c("p.empty",{},l.loading)),i=tt(l.profile.title,n);(async()=>{let o=await I(e.client.command({type:"GET_USER",userId:t}));if(!o)return i.close();n.replaceChildren(...ih(e,o.user,()=>i.close())),n.removeAttribute("aria-busy")})()}function as(e,t,n){let i=[...t.room.members?.values()??[]].find(({user:r})=>r.username.toLowerCase()===n.toLowerCase());i&&nn(e,i.user.id)}async function wr(e,t){let n=await I(e.client.direct(t));return n&&e.open(n.id),n!==void 0}function ih(e,t,n){let i=[[l.profile.status,l.status[t.status]],t.lastSeenAt&&t.status==="offline"&&[l.profile.lastSeen,Mt(t.lastSeenAt)],[l.profile.role,l.serverRoles[t.role]],[l.profile.since,Mt(t.createdAt)]].filter(u=>!!u),r=async()=>await wr(e,t.id)&&n(),o=t.id===e.client.me.id,a=c("div.profile",{},yt(t,t.status),c("div.lines",{},c("strong",{},O(t.displayName)),c("small",{},O(`@${t.username}`),t.kind==="bot"&&c("span.bot",{},l.bot)))),s=c("dl",{},...i.flatMap(([u,h])=>[c("dt",{},u),c("dd",{},h)]));return o?[a,s]:[a,s,c("footer",{},F(l.profile.write,()=>{r()},"primary"))]}var rh=["owner","admin","member"],ss={owner:0,admin:1,member:2};function ls(e,t,n,i){let r=c("ul.results",{"aria-label":l.membersHeading}),o=async()=>{let s=await I(t.members());s&&r.replaceChildren(...[...s.values()].sort(oh).map(u=>ah(e,t,u,n,i)))},a=e.client.on("change",s=>s.has(t.id)&&e.client.state.rooms.has(t.id)&&void o());return o(),{element:r,stop:a}}var oh=(e,t)=>ss[e.role]-ss[t.role]||Ha(e.user.displayName,t.user.displayName);function ah(e,t,{user:n,role:i},r,o){let a=R(n.displayName),s=n.id===e.client.me.id,u=r&&t.object.myRole==="owner",h=async()=>await wr(e,n.id)&&o();return c("li.member",{},c("button.person",{type:"button",onclick:()=>nn(e,n.id)},yt(n,n.status),c("span.lines",{},c("strong",{},O(n.displayName)),c("small",{},O(`@${n.username}`)))),c("span.actions",{},u&&!s?sh(e,t,n.id,i,a):i!=="member"&&c("span.chip",{},l.roles[i]),!s&&t.object.kind!=="direct"&&X("mail",l.writeTo(a),()=>{h()}),r&&!s&&X("ban",l.banMember(a),()=>{lh(e,t,n.id,a)}),r&&!s&&X("close",l.removeMember(a),()=>{ch(e,t,n.id,a)})))}function sh(e,t,n,i,r){let o=()=>{I(e.client.command({type:"UPDATE_MEMBER",chatId:t.id,userId:n,role:a.value}))},a=c("select.role",{"aria-label":l.roleOf(r),onchange:o},...rh.map(s=>c("option",{value:s},l.roles[s])));return a.value=i,a}async function lh(e,t,n,i){await ft({title:l.banMemberTitle,text:l.banMemberText(i,R(it(t))),action:l.ban})&&await I(e.client.command({type:"BAN_MEMBER",chatId:t.id,userId:n}))}async function ch(e,t,n,i){await ft({title:l.removeMemberTitle,text:l.removeMemberText(i,R(it(t))),action:l.remove})&&await I(e.client.command({type:"REMOVE_MEMBERS",chatId:t.id,userIds:[n]}))}function cs(e,t){let{kind:n,myRole:i}=t.object,r=n!=="direct"&&(i==="owner"||i==="admin"),o=()=>u.close(),{element:a,stop:s}=ls(e,t,r,o),u=tt(R(it(t)),t.object.description&&!r&&c("p",{dir:"auto"},t.object.description),ph(e,t,o),dh(t),c("h3",{},l.membersHeading),a,r&&mh(e,t),r&&hh(e,t),fh(e,t,o));u.addEventListener("close",s)}var uh=["all","mentions","nothing"];function dh(e){let t=[{value:"",label:l.notify.usual},...uh.map(n=>({value:n,label:l.notify[n]}))];return Bt(l.notify.title,t,Ge.get(e.id)??"",n=>Ge.set(e.id,n||void 0))}function hh(e,t){let n=G(l.name,{value:t.object.name,required:!0,maxlength:80}),i=G(l.description,{value:t.object.description??"",maxlength:500}),r=async()=>{let o={name:n.input.value.trim(),description:i.input.value.trim()};await I(e.client.command({type:"UPDATE_CHAT",chatId:t.id,...o}))&&J(l.saved)};return c("details",{},c("summary",{},l.editChat),c("form",{onsubmit:ut(r)},n.element,i.element,c("button",{type:"submit"},l.save)))}function mh(e,t){let n=tn(e,l.addMembers,{several:!0});return c("form.inline",{onsubmit:ut(async()=>{let r=n.names();r.length&&await I(e.client.command({type:"ADD_MEMBERS",chatId:t.id,members:r}))&&n.clear()})},n.element,c("button",{type:"submit"},l.add))}function ph(e,t,n){let{pinned:i}=t.object;if(i.length===0)return!1;let r=o=>{let a=t.message(o),s=a?l.says(R(a.sender.displayName),R(mt(a))):l.earlierMessage;return c("li",{},c("button.hit.pin",{type:"button",onclick:()=>{n(),e.showMessage({chatId:t.id,id:o})}},Y("pin"),c("span",{},Z(s))))};return c("div",{},c("h3",{},l.pinnedMessages),c("ul.results",{"aria-label":l.pinnedMessages},...i.map(r)))}function fh(e,t,n){let{kind:i,myRole:r,muted:o,active:a}=t.object,{client:s}=e,u=async()=>await I(s.command({type:"MUTE_CHAT",chatId:t.id,...o?{until:null}:{}}))&&n(),h=async()=>{await ft({title:l.leaveTitle,text:l.leaveText(R(it(t))),action:l.leave})&&await I(t.leave())&&n()},d=async()=>{await ft({title:l.deleteChatTitle,text:l.deleteChatText(R(it(t))),action:l.deleteChat})&&await I(s.command({type:"DELETE_CHAT",chatId:t.id}))&&n()},m=async()=>{(!a||await ft({title:l.archiveTitle,text:l.archiveText(R(it(t))),action:l.archive,danger:!1}))&&await I(s.command({type:"UPDATE_CHAT",chatId:t.id,active:!a}))&&n()},f=i==="direct"||r==="owner",p=i!=="direct"&&(r==="owner"||r==="admin");return c("footer",{},F(o?l.unmute:l.mute,()=>{u()}),p&&F(a?l.archive:l.restore,()=>{m()}),i!=="direct"&&F(l.leave,()=>{h()},"danger"),f&&F(l.deleteChat,()=>{d()},"danger"))}var ei=class{element=c("header.heading");#t;#e;#n="";constructor(t,n){this.#t=t,this.#e=n}draw(t){let i=[gh(t),t.object.active?"":l.archived,t.object.description?R(t.object.description):""].filter(Boolean).join(" · "),r=JSON.stringify([t.id,it(t),i,t.object.peer?.status]);if(this.#n===r)return;this.#n=r;let o=X("back",l.backToChats,this.#e);o.classList.add("back");let a=c("button.title",{type:"button",title:l.aboutThisChat,onclick:()=>cs(this.#t,t)},Re(t),c("span.lines",{},c("strong",{},O(it(t))),c("small",{},Z(i)))),s=X("search",l.searchInThisChat,()=>Yn(this.#t,t));this.element.replaceChildren(o,c("h2",{},a),s)}};function gh(e){let{kind:t,peer:n,memberCount:i}=e.object;return t!=="direct"?l.members(i):n?n.status==="offline"&&n.lastSeenAt?l.lastSeen(Pe(n.lastSeenAt)):l.status[n.status]:""}var bh=e=>{try{return decodeURIComponent(e)}catch{return e}};function yh(e){let[t="",n]=e.slice(1).split("/").map(bh);return{chatId:t,messageId:n||void 0}}var us=({chatId:e,messageId:t})=>e?`#${[e,t].filter(n=>n!==void 0).map(encodeURIComponent).join("/")}`:"",ds=e=>`${location.origin}${location.pathname}${us(e)}`,ni=class{#t;constructor(t){this.#t=t,window.addEventListener("popstate",()=>t(this.route))}get route(){return yh(location.hash)}go(t,{replace:n=!1}={}){let i=this.route;if(i.chatId!==t.chatId||i.messageId!==t.messageId){let r=location.pathname+us(t);n?history.replaceState(history.state,"",r):history.pushState({fromList:i.chatId===""},"",r)}this.#t(t)}toList(){history.state?.fromList?history.back():this.go({chatId:""},{replace:!0})}};var hs=["👍","❤️","😂"],ii=class{#t;#e;#n=c("div.toolbar",{role:"toolbar","aria-label":l.messageActions});#i;constructor(t,n){this.#t=t,this.#e=n}hide(){this.#n.remove(),this.#i=void 0}showToolbar(t,n){if(this.#i===n&&this.#n.parentElement===t)return;this.#i=n;let i=hs.map(o=>X(o,l.reactWith(o),()=>this.react(n,o))),r=this.#r(n).map(o=>X(o.icon,o.label,o.run));this.#n.replaceChildren(...i,...r),t.append(this.#n)}showSheet(t){let n=a=>()=>{o.close(),a()},i=[...hs,"🎉","👀"].map(a=>X(a,l.reactWith(a),n(()=>this.react(t,a)))),r=this.#r(t).map(({icon:a,label:s,danger:u,run:h})=>c(u?"button.entry.danger":"button.entry",{type:"button",onclick:n(h)},Y(a),s)),o=tt(l.messageActions,c("div.quick",{},...i),c("div.entries",{},...r));o.classList.add("sheet")}react(t,n){let{chat:i}=this.#t;if(!i||!t)return;let r=t.reactions.some(o=>o.emoji===n&&o.me);r||Jt.add(n),I(r?i.unreact(t.id,n):i.react(t.id,n))}#r(t){let{chat:n,client:i}=this.#t;if(!n)return[];let r=t.sender.id===i.me.id,o=n.object.myRole!=="member"||i.me.role!=="member",a=n.object.pinned.includes(t.id),s=[];return n.object.active&&(s.push({icon:"smile",label:l.addReaction,run:()=>Zn(u=>this.react(t,u))}),s.push({icon:"reply",label:l.reply,run:()=>this.#e.reply(t)})),s.push({icon:"copy",label:l.copyText,run:()=>{ms(t.content,l.textCopied)}}),s.push({icon:"link",label:l.copyLink,run:()=>{ms(ds({chatId:t.chatId,messageId:t.id}),l.linkCopied)}}),o&&n.object.active&&s.push({icon:"pin",label:a?l.unpin:l.pin,run:()=>this.#o(t,a)}),r&&n.object.active&&s.push({icon:"edit",label:l.edit,run:()=>this.#e.edit(t)}),(r||o)&&s.push({icon:"trash",label:l.delete,danger:!0,run:()=>{this.#s(t)}}),s}#o(t,n){let{client:i}=this.#t,r={chatId:t.chatId,messageId:t.id};I(n?i.command({type:"UNPIN_MESSAGE",...r}):i.command({type:"PIN_MESSAGE",...r}))}async#s(t){let i=t.sender.id===this.#t.client.me.id?l.deleteOwnMessageText:l.deleteMessageText(R(t.sender.displayName));await ft({title:l.deleteMessageTitle,text:i,quote:mt(t,200),action:l.delete})&&await I(this.#t.client.chat(t.chatId).delete(t.id))&&J(l.messageWasDeleted)}};async function ms(e,t){try{await navigator.clipboard.writeText(e),J(t)}catch{J(l.copyFailed)}}function ri(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].getBoundingClientRect().bottom<=t?n=r+1:i=r}return n}var oi=class{#t=new Map;#e=new Map;clear(){this.#t.clear(),this.#e.clear()}get(t){return this.#t.get(t)?.element}add(t,{inputs:n=[],draw:i,update:r}){let o=this.#t.get(t),a=o!==void 0&&o.inputs.length===n.length&&o.inputs.every((u,h)=>u===n[h]),s=o&&(a||r?.(o.element))?o.element:i();this.#e.set(t,{element:s,inputs:n})}place(t){this.#t=this.#e,this.#e=new Map,Gn(t,[...this.#t.values()].map(({element:n})=>n))}};var ps=new WeakMap;function kr(e){let t=ps.get(e);if(!t){let n=new Date(e.createdAt);t={ms:n.getTime(),day:n.toDateString()},ps.set(e,t)}return t}var Oe=e=>kr(e).day;function fs(e,t){return kr(e).ms-kr(t).ms<3e5&&Oe(e)===Oe(t)&&e.sender.id===t.sender.id&&!e.replyTo}var ai=1e3,wh=4,si=class{#t;#e;#n;#i=new Map;#r;constructor(t,n,i){this.#t=t,this.#e=n,this.#n=i}reset(){clearTimeout(this.#r),this.#i.clear()}look(){if(clearTimeout(this.#r),document.visibilityState!=="visible")return this.#i.clear();if(document.querySelector("dialog[open]"))return this.#o(ai);let t=performance.now(),n=this.#s();for(let o of this.#i.keys())n.has(o)||this.#i.delete(o);for(let[o,a]of n)this.#i.has(o)||this.#i.set(o,{seq:a,since:t});let i=[...this.#i.values()].filter(({since:o})=>t-o>=ai),r=[...this.#i.values()].filter(({since:o})=>t-o<ai);r.length&&this.#o(Math.min(...r.map(({since:o})=>o))+ai-t),i.length&&this.#n(Math.max(...i.map(({seq:o})=>o)))}#o(t){this.#r=setTimeout(()=>this.look(),Math.max(t,10))}#s(){let{top:t,bottom:n,height:i}=this.#t.getBoundingClientRect(),r=new Map;if(i===0)return r;let o=this.#e.querySelectorAll("article[data-id]");for(let a=ri(o,t);a<o.length;a++){let s=o[a];if(s.getBoundingClientRect().bottom>n+wh)break;r.set(s.dataset.id,Number(s.dataset.seq))}return r}};var kh=new Set(["","text","txt","plain","log","output"]),vh=new Set(["py","python","sh","bash","shell","zsh","console","yaml","yml","toml","rb","ruby","r","perl","dockerfile","make","makefile","ini","elixir"]),xh=new Set(["sql","lua","haskell","hs"]),Eh=String.raw`"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`+"`(?:\\\\.|[^`\\\\])*`",Sh=String.raw`\b(?:0x[\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)\b`,Th=String.raw`[A-Za-z_$][\w$]*`,Ch=new Set(`abstract and as async await begin bool boolean break case catch char class const constexpr continue crate def default defer del delete do done
  double elif else elsif end enum except export extends extern false fi final finally float fn for foreach from func function global go goto if impl
  implements import in include instanceof int interface is lambda let local long loop match mod module move mut namespace new nil none None not null of
  or override package pass print private protected pub public raise readonly record ref return self Self short signed static struct super switch
  template then this throw throws trait true True False try type typeof typedef union unless unsafe unsigned until use using var virtual void volatile
  when where while with yield select SELECT FROM WHERE INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE INDEX JOIN LEFT INNER ON AND OR NOT NULL
  ORDER BY GROUP HAVING LIMIT AS PRIMARY KEY echo export fi esac sudo`.split(/\s+/));function Mh(e){return vh.has(e)?"#[^\\n]*":xh.has(e)?"--[^\\n]*":String.raw`\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)`}function gs(e,t){let n=t.toLowerCase();if(kh.has(n))return[document.createTextNode(e)];let i=new RegExp(`(${Mh(n)})|(${Eh})|(${Sh})|(${Th})`,"g"),r=[],o=0;for(let a of e.matchAll(i)){let[s,u,h,d,m]=a,f=u!==void 0?"comment":h!==void 0?"string":d!==void 0?"number":Ch.has(m)?"keyword":"";f&&(r.push(document.createTextNode(e.slice(o,a.index)),c(`span.${f}`,{},s)),o=a.index+s.length)}return r.push(document.createTextNode(e.slice(o))),r}var Ah=2e3;function bs({lang:e,value:t}){let n=c("button.copy",{type:"button"},l.copy);return n.addEventListener("click",()=>{Ih(t,n)}),c("figure.code",{dir:"ltr"},c("figcaption",{},c("span",{},e??""),n),c("pre",{tabindex:"0",role:"region","aria-label":e?`${l.code} (${e})`:l.code},c("code",{},...gs(t,e??""))))}async function Ih(e,t){try{await navigator.clipboard.writeText(e),t.textContent=l.copied}catch{t.textContent=l.copyFailed}setTimeout(()=>t.textContent=l.copy,Ah)}var Nh=/^(https?:|mailto:)/i,Rh=/(^|[^\w@/])(@[A-Za-z0-9_.-]{2,31}[A-Za-z0-9_-])/g,Ph=/[*_`~[\]<>#|\\&=]|:\/\/|www\.|\w@|^[-+\d\s]|\s$|\n[-+\d\s]|[ \t]\n|\r/;function vr(e,t){return Ph.test(e)?Ne(e).children.map(n=>be(n,t)):e===""?[]:[c("p",{dir:"auto"},ys(e,t))]}function be(e,t){let n=()=>"children"in e?e.children.map(i=>be(i,t)):[];switch(e.type){case"text":return ys(e.value,t);case"paragraph":return c("p",{dir:"auto"},...n());case"heading":return c("p.heading-text",{dir:"auto",role:"heading","aria-level":String(Math.min(e.depth+3,6))},...n());case"emphasis":return c("em",{},...n());case"strong":return c("strong",{},...n());case"delete":return c("s",{},...n());case"inlineCode":return c("code",{},e.value);case"break":return c("br");case"code":return bs(e);case"blockquote":return c("blockquote",{dir:"auto"},...n());case"list":return e.ordered?c("ol",{start:e.start??1,dir:"auto"},...n()):c("ul",{dir:"auto"},...n());case"listItem":return Lh(e,t);case"thematicBreak":return c("hr");case"link":return Oh(e,n());case"table":return Dh(e,t);default:return document.createTextNode("value"in e?String(e.value):"")}}function Lh(e,t){let n=e.children.flatMap(i=>i.type==="paragraph"&&!e.spread?i.children.map(r=>be(r,t)):[be(i,t)]);return c("li",{dir:"auto"},...n)}function Oh(e,t){if(!Nh.test(e.url))return c("span",{},...t);let n={href:e.url,target:"_blank",rel:"noopener noreferrer nofollow",title:e.url,dir:"auto"};return c("a",n,...t)}function Dh(e,t){let[n,...i]=e.children,r=(o,a)=>(o?.children??[]).map((s,u)=>{let h=e.align?.[u]??void 0;return c(a,{dir:"auto",class:h?`align-${h}`:void 0},...s.children.map(d=>be(d,t)))});return c("div.table",{tabindex:"0",role:"region","aria-label":l.table},c("table",{},c("thead",{},c("tr",{},...r(n,"th"))),c("tbody",{},...i.map(o=>c("tr",{},...r(o,"td"))))))}function ys(e,{username:t}){let n=document.createDocumentFragment(),i=0;for(let r of e.matchAll(Rh)){let[o,a="",s=""]=r;n.append(e.slice(i,r.index)+a);let u=s.slice(1).toLowerCase(),h=u===t.toLowerCase()||u==="channel"||u==="here";n.append(c(h?"bdi.mention.own":"bdi.mention",{"data-mention":u},s)),i=r.index+o.length}return n.append(e.slice(i)),n}var li=class{element=c("div.content");#t;#e="";#n=0;#i=0;constructor(t){this.#t=t}update(t){if(t.startsWith(this.#e.slice(0,this.#n))||this.#o(),t===this.#e)return;this.#e=t;let n=Ne(t.slice(this.#n)).children;for(;this.element.childNodes.length>this.#i;)this.element.lastChild.remove();this.element.append(...n.map(i=>be(i,this.#t))),this.#r(n)}#r(t){let n=t.at(-1),i=t.at(-2);if(!n||!i||Ma(i)>=br(n))return;this.#i=this.element.childNodes.length-1;let r=this.#n+br(n);this.#n=this.#e.lastIndexOf(`
`,r-1)+1}#o(){this.element.replaceChildren(),this.#e="",this.#n=0,this.#i=0}};var _h=10,ws=new WeakMap;function ks(e,t){let{sender:n,createdAt:i,deletedAt:r}=e,a=["message",n.id===t.me.id&&"own",t.grouped&&"grouped",r&&"deleted",t.streaming&&"streaming",`from-${e.role}`],s=t.grouped?xs(i,"aside"):Es(e,"face",yt(n)),u=l.messageLabel(R(n.displayName),Xe(i)),h=c(`article.${a.filter(Boolean).join(".")}`,{"data-id":e.id,"data-seq":e.seq,tabindex:"-1","aria-label":u},s),d=c("div.body",{},!t.grouped&&zh(e),Fh(e,t),jh(e,t,h),...Bh(e),Uh(e,t));return h.append(d,...Hh(e,t)),h}function vs(e,t){let n=ws.get(e);return n?.update(t.content),n!==void 0}var xs=(e,t)=>c(`time.${t}`,{datetime:e,title:Mt(e)},Xe(e));function Es(e,t,...n){return c(`button.${t}`,{type:"button","data-user":e.sender.id,tabindex:"-1","aria-hidden":t==="face"?"true":void 0},...n)}function zh(e){let{sender:t,createdAt:n}=e;return c("header",{},Es(e,"sender",O(t.displayName)),t.kind==="bot"&&c("span.bot",{},l.bot),xs(n,"at"))}function jh(e,t,n){if(e.deletedAt)return c("div.content",{},c("p",{},l.messageDeleted));if(!t.streaming)return c("div.content",{},...vr(e.content,t.me));let i=new li(t.me);return i.update(e.content),ws.set(n,i),i.element}function Hh(e,t){let{sender:n,editedAt:i,deletedAt:r}=e;if(t.streaming)return[c("div.marks",{},c("button.stop",{type:"button","data-stop":""},l.stop))];let o=n.id===t.me.id&&!r;if(!o&&!t.pinned&&(!i||r))return[];let a={title:t.seen?l.readByAll:l.sent,role:"img","aria-label":t.seen?l.readByAll:l.sent};return[c("div.marks",{},t.pinned&&c("span.pinned",{title:l.pinned,role:"img","aria-label":l.pinned},Y("pin")),i&&!r&&c("span.edited",{title:Mt(i)},l.edited),o&&c(t.seen?"span.tick.seen":"span.tick",a,t.seen?"✓✓":"✓"))]}function Fh(e,t){if(t.quoted===void 0||e.deletedAt)return null;let n=t.quoted?l.says(R(t.quoted.sender.displayName),R(t.quoted.deletedAt?l.messageDeleted:mt(t.quoted))):l.earlierMessage;return c("button.quote",{type:"button","data-quote":e.replyTo,"aria-label":l.inReplyTo(n)},Z(n))}function Bh(e){return e.attachments.filter(({url:t})=>/^(https?:\/\/|\/)/.test(t)).map(({url:t,name:n,size:i,mimeType:r})=>c("a.attachment",{href:t,target:"_blank",rel:"noopener noreferrer nofollow",download:t.startsWith("/")?n:void 0},Y("clip"),c("span",{},O(n),c("small",{},O(r),i?` · ${Ba(i)}`:""))))}function Uh(e,t){if(e.reactions.length===0||e.deletedAt)return null;let n=({emoji:i,count:r,me:o,userIds:a})=>c(o?"button.reaction.mine":"button.reaction",{type:"button","data-emoji":i,"aria-pressed":String(!!o),"aria-label":l.reaction(i,r),title:qh(a,r,t)},c("span",{},i)," ",c("span",{},vt(r)));return c("div.reactions",{},...e.reactions.map(n))}function qh(e,t,{nameOf:n}){let i=e.slice(0,_h).flatMap(r=>n(r)??[]).map(R);return $n(t>i.length?[...i,l.others(t-i.length)]:i)}function Ss({id:e,error:t,message:n},i,r){let o=t&&c("div.refused",{role:"alert"},c("p",{},dt(t)),F(l.tryAgain,r.retry),F(l.edit,r.edit),F(l.discard,r.discard)),a=!t&&c("div.marks",{},c("span.tick",{role:"img","aria-label":l.waitingToBeSent,title:l.waitingToBeSent},Y("clock"))),s=c("div.content",{},...vr(n.content??"",i));return c("article.message.own.pending",{"data-pending":e,tabindex:"-1"},c("span.face",{},yt(i)),c("div.body",{},c("header",{},c("span.sender",{},O(i.displayName))),s,o),a)}var ci=class{#t=0;#e=1/0;#n=0;get isAtEnd(){return this.#e===1/0}showEnd(){this.#t=this.#n=0,this.#e=1/0}showAround(t,n){let i=t.findIndex(r=>r.id===n);i<0||(this.#t=t[Math.max(0,i-100)].seq,this.#e=t[i+200]?.seq??1/0)}range(t,n){let i=this.isAtEnd?t.length:xr(t,this.#e+1),r=xr(t,this.#t),o=this.#t===0||n?400:1/0,a={start:Math.max(r,i-o),end:i};return this.#n=t[a.start]?.seq??0,a}hold(t){if(!this.isAtEnd||this.#n===0)return;let n=xr(t,this.#n);t.length-n>400&&this.#i(t,n,n+400)}moveUp(t,n){let{start:i,end:r}=this.range(t,n);if(i===0)return!1;let o=Math.max(0,i-100);return this.#i(t,o,Math.min(r,o+400)),!0}moveDown(t){let{start:n,end:i}=this.range(t,!1);return i===t.length?(this.#e=1/0,!1):(this.#i(t,Math.max(n,i+100-400),Math.min(t.length,i+100)),!0)}#i(t,n,i){this.#t=t[n].seq,this.#e=i===t.length?1/0:t[i-1].seq}};function xr(e,t){let n=0,i=e.length;for(;n<i;){let r=n+i>>1;e[r].seq<t?n=r+1:i=r}return n}var Ts=60,Cs=200,$h=100,Gh=80,Vh=2e3,Ms=.2,ui=class{list=c("div.messages",{role:"log","aria-label":l.messages,"aria-live":"off",tabindex:"0"});element=c("div.scroller",{},this.list);#t;#e;#n;#i=new ci;#r=new oi;#o;#s;#a=!1;#c=!1;#l=!1;#u=!1;#h=0;#m=!0;#d=!0;constructor(t,n,i){this.#t=t,this.#n=n,this.#e=i,this.#o=new si(this.element,this.list,r=>this.#O(r)),this.element.addEventListener("scroll",()=>this.#I(),{passive:!0}),new ResizeObserver(()=>this.#d&&this.#v()).observe(this.element),document.addEventListener("visibilitychange",()=>this.#o.look())}get atEnd(){return this.#d}async open(t,n){if(this.#s=t,this.#r.clear(),this.list.replaceChildren(),this.#o.reset(),this.#i.showEnd(),this.#h=0,this.#d=!0,this.#c=t!==void 0,this.#l=this.#u=!1,this.draw(),!t||(n!==void 0?await this.#b(t,()=>t.message(n)!==void 0):await this.#b(t,()=>t.room.from<=(t.object.readSeq??0)+1||!t.object.unreadCount),this.#s!==t))return!0;this.#c=!1,this.#h=this.#g(t)?.seq??0,this.#m=this.#h===0;let i=n!==void 0&&t.message(n)!==void 0;return this.#l?this.toEnd():i?this.#k(n):this.#w(t),i||n===void 0}draw(){let t=this.#s;if(!t||!this.#p(t))return;if(this.#c)return this.#S();t.messages.length===0&&t.room.from>1&&this.#f&&this.#N(t),this.#y(t),this.#d||this.#E(t);let n=this.#L(),i=n?.getBoundingClientRect().top??0;this.#x(t),this.#d?this.#v():n?.isConnected&&(this.element.scrollTop+=n.getBoundingClientRect().top-i),this.#o.look(),this.#e.moved()}async reveal(t){let n=this.#s;return!n||(await this.#b(n,()=>n.message(t)!==void 0),this.#s!==n||!n.message(t))?!1:(this.#k(t),!0)}toEnd(){if(this.#c)return void(this.#l=!0);let t=this.#i.isAtEnd&&this.#r.get("skeleton")===void 0;this.#i.showEnd(),this.#d=this.#u=!0,t||this.draw(),this.element.scrollTop=this.element.scrollHeight,this.#e.moved()}rowOf(t){return t instanceof Element?t.closest("article[data-id]"):null}focusNext(t,n){let i=[...this.list.querySelectorAll("article[data-id]")],r=this.rowOf(t),o=i[(r?i.indexOf(r):i.length)+n];return o?.focus(),o!==void 0}get#f(){return this.#t.client.status.phase==="online"}#p=t=>this.#t.client.state.rooms.has(t.id);async#b(t,n){let i=async r=>this.#f&&t.older(r).catch(()=>!1);t.messages.length<Ts&&await i(Ts);for(let r=0;r<$h&&this.#s===t&&this.#p(t)&&!n()&&await i(Cs);r++);this.#p(t)&&t.members().catch(()=>{})}#g(t){if(!t.object.unreadCount)return;let n=t.object.readSeq??0,i=this.#t.client.me.id;return t.messages.find(({seq:r,sender:o,deletedAt:a})=>r>n&&o.id!==i&&!a)}#y(t){t.object.unreadCount||(this.#m=!0);let n=!this.#d||document.visibilityState==="hidden",i=this.#m&&n?this.#g(t):void 0;i&&(this.#m=this.#u=!1,this.#h=i.seq)}#w(t){let n=t.messages.find(({seq:r})=>r===this.#h);n&&this.#i.showAround(t.messages,n.id),this.#d=!n,this.draw();let i=this.#r.get("unread");i&&(this.element.scrollTop=i.offsetTop-this.element.clientHeight*Ms),this.#I()}#k(t){let n=this.#s;this.#d=!1,this.#i.showAround(n.messages,t),this.draw();let i=this.#r.get(t);i?.scrollIntoView({block:"center"}),i?.classList.add("highlighted"),i?.focus({preventScroll:!0}),setTimeout(()=>i?.classList.remove("highlighted"),Vh),this.#I()}#v(){let t=this.#r.get("unread"),n=!this.#u&&this.#h>(this.#s?.object.readSeq??0)&&(this.#s?.object.unreadCount??0)>0,i=t&&n?t.offsetTop-this.element.clientHeight*Ms:1/0;this.element.scrollTop=Math.min(this.element.scrollHeight,i)}#x(t){let{messages:n,streams:i}=t.room,{start:r,end:o}=this.#i.range(n,this.#d),a=o===n.length;t.room.from<=1&&r===0&&this.#r.add("beginning",{draw:()=>c("p.beginning",{},l.beginning)});let s=n[r-1],u=this.#n.of(t.id).filter(({seq:d})=>d>(s?.seq??0)),h=this.#R(t);for(let d of[...n.slice(r,o),...a?i.values():[]])this.#C(u,d.seq||1/0),(!s||Oe(s)!==Oe(d))&&this.#r.add(`day ${Oe(d)}`,{draw:()=>Wh(d)}),this.#T(d)&&this.#r.add("unread",{draw:Yh}),this.#A(t,d,this.#M(t,d,s,h)),s=d;if(a){this.#C(u,1/0);for(let d of t.pending)this.#r.add(d.id,{inputs:[d,d.error],draw:()=>this.#P(d)})}this.#r.place(this.list)}#E(t){this.#i.hold(t.messages),t.room.keep=Math.max(t.room.keep,t.messages.length)}#S(){this.#r.add("skeleton",{draw:Kh}),this.#r.place(this.list)}#C(t,n){for(;t[0]&&t[0].seq<n;){let i=t.shift();this.#r.add(`notice ${i.seq}`,{draw:()=>Jh(i)})}}#A(t,n,i){this.#r.add(n.id,{inputs:[n,i.grouped,i.seen,i.pinned,i.quoted,i.me.id],draw:()=>ks(n,i),update:i.streaming?r=>vs(r,n):void 0})}#T=t=>t.seq>0&&t.seq===this.#h;#M(t,n,i,r){let{room:o}=t,{me:a}=this.#t.client;return{me:a,grouped:i!==void 0&&!this.#T(n)&&fs(n,i),seen:n.sender.id===a.id&&n.seq>0&&n.seq<=r,streaming:o.streams.has(n.id),pinned:t.object.pinned.includes(n.id),quoted:n.replyTo?t.message(n.replyTo)??null:void 0,nameOf:s=>(o.members?.get(s)?.user??this.#t.client.state.users.get(s))?.displayName}}#R(t){let{members:n,readByAllSeq:i}=t.room,r=[...n?.values()??[]].filter(({user:o})=>o.id!==this.#t.client.me.id);return r.length?Math.max(i,Math.min(...r.map(({readSeq:o})=>o))):i}#P(t){let{client:n}=this.#t;return Ss(t,n.me,{retry:()=>n.outbox.retry(t.id),edit:()=>this.#e.takeBack(t),discard:()=>n.outbox.drop(t.id)})}#L(){let t=this.list.querySelectorAll("article");return t[ri(t,this.element.getBoundingClientRect().top)]}#I(){let t=this.#s;if(!t||this.#c||!this.#p(t))return;let{scrollTop:n,scrollHeight:i,clientHeight:r}=this.element;if(r===0)return;let o=i-n-r;this.#d=o<Gh&&this.#i.isAtEnd,o<r&&this.#i.moveDown(t.messages)&&this.draw(),n<r&&this.#N(t),this.#o.look(),this.#e.moved()}async#N(t){if(!this.#a){if(this.#i.moveUp(t.messages,this.#d))return this.draw();t.room.from<=1||(this.#a=!0,await t.older(Cs).catch(()=>!1),this.#a=!1,this.#s===t&&(this.#i.moveUp(t.messages,this.#d),this.draw(),this.element.clientHeight>0&&this.element.scrollTop<this.element.clientHeight&&this.#N(t)))}}#O(t){let n=this.#s;!n||!this.#p(n)||!n.object.unreadCount||t<=(n.object.readSeq??0)||n.read(t).catch(()=>{})}};function Kh(){let e=t=>c(`span.bone.width-${t}`);return c("div.skeleton",{"aria-busy":"true","aria-label":l.loading},...[3,5,2,4,5,3].map(t=>c("div",{},c("span.bone.disc"),c("div",{},e(1),e(t)))))}var Wh=e=>c("h3.day",{},c("span",{},Fa(e.createdAt))),Yh=()=>c("div.unread-line",{role:"separator","aria-label":l.newMessages},c("span",{},l.newMessages));function Jh(e){return c("p.notice",{},Z(e.text)," ",c("time",{datetime:e.at},Xe(e.at)))}var di=class{element;timeline;#t;#e;#n;#i;#r;#o=c("div.typing");#s=c("span.badge",{hidden:!0});#a=c("button.jump",{type:"button",hidden:!0,onclick:()=>this.timeline.toEnd()},Y("down"),this.#s);#c;#l=c("button.return",{type:"button",hidden:!0,onclick:()=>this.#g()},Y("reply"),l.backToReply);constructor(t,n,i,r){this.#t=t,this.#e=n,this.#n=new ii(t,n),this.#i=new ei(t,r.back),this.#r=new ti(t,r.back),this.timeline=new ui(t,i,{moved:()=>this.#w(),takeBack:a=>this.#k(a.id)}),n.onEditLast=()=>this.#v(),n.onSent=()=>this.timeline.toEnd(),this.#h();let o=c("div.stage",{},this.timeline.element,this.#l,this.#a);this.element=c("section.conversation.closed",{},this.#i.element,o,this.#o,n.element,this.#r.element)}get showsChat(){return!this.element.classList.contains("closed")}open(t){let{chat:n}=this.#t;this.element.classList.toggle("closed",!n),this.#n.hide(),this.#y(void 0),this.#e.open(n),this.timeline.open(n,t.messageId).then(i=>i||J(l.messageNotFound)),this.#r.open(n?"":t.chatId),this.draw(),n&&window.matchMedia("(hover: hover)").matches&&!this.#u&&this.#e.focus()}refresh(t){let{chat:n}=this.#t;if(!n||!this.showsChat)return this.open(t);n.members().catch(()=>{}),n.messages.length===0&&this.timeline.open(n,t.messageId),this.draw()}get#u(){let{activeElement:t}=document;return t?.matches("input, textarea, select")===!0&&!this.element.contains(t)}draw(){let{chat:t}=this.#t;if(this.element.classList.toggle("closed",!t),!t)return this.#r.draw();this.#i.draw(t),this.#e.draw(t);let n=t.typingUsers.map(({displayName:i})=>R(i));this.#o.replaceChildren(Z(n.length?l.typing($n(n),n.length):"")),this.timeline.draw()}async show(t){await this.timeline.reveal(t)||J(l.messageNotFound)}#h(){let{list:t}=this.timeline,n=i=>this.#d(i.target);t.addEventListener("mouseover",n),t.addEventListener("focusin",n),t.addEventListener("keydown",i=>this.#x(i)),t.addEventListener("click",i=>this.#f(i))}#m(t){return t?this.#t.chat?.message(t.dataset.id):void 0}#d(t){if(!window.matchMedia("(hover: hover)").matches)return;let n=this.timeline.rowOf(t),i=this.#m(n);n&&i&&!i.deletedAt&&this.#n.showToolbar(n,i)}#f(t){let{chat:n}=this.#t,i=t.target,r=this.timeline.rowOf(i);if(!n||!r)return;let o=i.closest("[data-quote], [data-emoji], [data-stop], [data-user], [data-mention]"),{quote:a,emoji:s,stop:u,user:h,mention:d}=o?.dataset??{};a?this.#b(a,r.dataset.id):s?this.#n.react(n.message(r.dataset.id),s):u!==void 0?this.#t.client.command({type:"STOP_STREAM",chatId:n.id,messageId:r.dataset.id}).catch(()=>{}):h?nn(this.#t,h):d?as(this.#t,n,d):i.closest("a, button, pre")||this.#p(r)}#p(t){let n=this.#m(t),i=!(getSelection()?.isCollapsed??!0);!window.matchMedia("(hover: hover)").matches&&n&&!n.deletedAt&&!i&&this.#n.showSheet(n)}async#b(t,n){await this.timeline.reveal(t)&&this.#y(n)}#g(){let t=this.#c;this.#y(void 0),t!==void 0&&this.timeline.reveal(t)}#y(t){this.#c=t,this.#l.hidden=t===void 0}#w(){let t=this.#t.chat?.object.unreadCount??0;this.#a.hidden=this.timeline.atEnd;let n=t>0?l.jumpToNewestUnread(t):l.jumpToNewest;this.#a.setAttribute("aria-label",n),this.#a.title=n,this.#s.hidden=t===0,this.#s.textContent=vt(t)}#k(t){let{chat:n,client:i}=this.#t,r=n?.pending.find(o=>o.id===t);r&&(i.outbox.drop(t),this.#e.restore(r.message.content??""))}#v(){let{chat:t,client:n}=this.#t,i=t?.messages.findLast(({sender:r,deletedAt:o})=>r.id===n.me.id&&!o);i&&this.#e.edit(i)}#x(t){t.key==="Escape"?(this.#e.focus(),t.preventDefault()):t.key==="ArrowUp"||t.key==="ArrowDown"?this.timeline.focusNext(t.target,t.key==="ArrowUp"?-1:1)&&t.preventDefault():t.key==="End"&&t.target===this.timeline.list&&this.timeline.toEnd()}};var Zh=["logIn","signUp","token"],Qh="[A-Za-z0-9_.\\-]{3,32}",Xh=8;function As(e,t){let n=c("div.card",{}),i=r=>{let o=Zh.map(a=>c("button",{type:"button",role:"tab","aria-selected":String(a===r),onclick:()=>i(a)},l.logInTabs[a]));n.replaceChildren(c("h1",{},"PiChat"),c("div.tabs",{role:"tablist"},...o),em(r,t)),n.querySelector("input")?.focus()};e.replaceChildren(c("main.entrance",{},n)),i("logIn")}var tm={logIn(){let e=G(l.usernameOrEmail,{name:"username",required:!0,autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr"}),t=ie(l.password,{name:"password",autocomplete:"current-password"}),n=()=>{let i=e.input.value.trim();return{login:{...i.includes("@")?{email:i}:{username:i},password:t.input.value}}};return{fields:[e.element,t.element],credentials:n}},signUp(){let e={required:!0,minlength:3,maxlength:32,pattern:Qh,title:l.usernameRules},t=G(l.username,{name:"username",autocomplete:"username",autocapitalize:"none",spellcheck:"false",dir:"ltr",...e},l.usernameRules),n=G(l.displayNameOptional,{name:"displayName",autocomplete:"name",maxlength:80},l.displayNameHint),i=ie(l.password,{name:"password",minlength:Xh,autocomplete:"new-password"},l.passwordRules),r=()=>({signUp:{username:t.input.value.trim(),password:i.input.value,displayName:n.input.value.trim()||void 0}});return{fields:[t.element,n.element,i.element],credentials:r}},token(){let e=G(l.tokenLabel,{name:"token",type:"password",required:!0,dir:"ltr"},l.tokenHint),t=()=>(ue.save({accessToken:e.input.value.trim()}),{});return{fields:[e.element],credentials:t}}};function em(e,t){let{fields:n,credentials:i}=tm[e](),r=c("p.problem",{role:"alert"}),o=c("button.primary",{type:"submit"},l.logInButtons[e]),s=c("form",{onsubmit:ut(async()=>{let u=[...s.parentElement.querySelectorAll('[role="tab"]')];for(let h of u)h.disabled=!0;r.textContent="";try{await t(i(),h=>r.textContent=h?l.cannotReach:"")}catch(h){ue.save(void 0),r.textContent=dt(h)}for(let h of u)h.disabled=!1})},...n,r,o);return s}var nm=200,hi=class{#t;#e=new Map;#n=new Map;#i=new Map;#r=new WeakMap;constructor(t){this.#t=t,t.on("MEMBERS_ADDED",n=>this.#o(n)),t.on("MEMBERS_REMOVED",n=>this.#s(n)),t.on("MEMBER_BANNED",n=>this.#u(n,l.notices.banned(this.#l(n.by),this.#l(n.userId)))),t.on("MEMBER_UPDATED",n=>this.#u(n,l.notices.role(this.#l(n.by),this.#l(n.userId),l.roles[n.role]))),t.on("MESSAGE_PINNED",n=>this.#u(n,l.notices.pinned(this.#l(n.by)))),t.on("MESSAGE_UNPINNED",n=>this.#u(n,l.notices.unpinned(this.#l(n.by)))),t.on("CHAT_UPDATED",n=>this.#a(n)),t.on("change",n=>this.#c(n))}of(t){return this.#e.get(t)??[]}#o(t){let n=t.members.map(({user:r})=>R(r.displayName)),i=t.members.length===1&&t.members[0].user.id===t.by;this.#u(t,i?l.notices.joined(n[0]):l.notices.added(this.#l(t.by),n))}#s(t){let n=t.userIds.length===1&&t.userIds[0]===t.by,i=t.userIds.map(r=>this.#l(r));this.#u(t,n?l.notices.left(i[0]):l.notices.removed(this.#l(t.by),i))}#a(t){let n=this.#l(t.by),{name:i,active:r}=t.chat;this.#n.get(t.chatId)!==void 0&&this.#n.get(t.chatId)!==i?this.#u(t,l.notices.renamed(n,R(i))):this.#u(t,r?l.notices.changed(n):l.notices.archived(n))}#c(t){for(let n of t){let i=this.#t.state.rooms.get(n);if(i&&(this.#n.set(n,i.chat.name),!(!i.members||this.#r.get(i.members)===i.members.size))){this.#r.set(i.members,i.members.size);for(let{user:r}of i.members.values())this.#i.set(r.id,r.displayName)}}}#l(t){let{me:n,users:i}=this.#t.state,r=t===n?.id?n:i.get(t);return R(r?.displayName??this.#i.get(t)??l.someone)}#u({chatId:t,seq:n,duplicate:i},r){if(i)return;let o=this.#e.get(t)??[];o.push({seq:n,at:new Date().toISOString(),text:r}),o.length>nm&&o.shift(),this.#e.set(t,o)}};var im="pichat",Er="snapshot",Sr="latest";function Ns(){navigator.serviceWorker?.register("/sw.js").catch(()=>{})}function rm(){return new Promise((e,t)=>{let n=indexedDB.open(im,1);n.onupgradeneeded=()=>n.result.createObjectStore(Er),n.onsuccess=()=>e(n.result),n.onerror=n.onblocked=()=>t(n.error)})}async function Tr(e,t){try{let n=await rm(),i=t(n.transaction(Er,e).objectStore(Er));return await new Promise((r,o)=>{i.onsuccess=()=>r(i.result),i.onerror=()=>o(i.error)}).finally(()=>n.close())}catch{return}}async function om(){let e=await Tr("readonly",t=>t.get(Sr));return e?.version===1?e:void 0}var Rs=()=>Tr("readwrite",e=>e.delete(Sr)),Is=({chat:e})=>e.lastMessage?.createdAt??e.updatedAt;function am(e){let n=[...e.state.rooms.values()].map(({chat:i,position:r,from:o,messages:a})=>{let s=a.slice(-60);return{chat:i,position:r,from:s.length<a.length?s[0].seq:o,messages:s}}).sort((i,r)=>Is(r).localeCompare(Is(i))).slice(0,40);return{version:1,me:e.me,chats:n}}var mi=class{#t;#e;#n;#i=!1;#r=!1;constructor(t){this.#t=t,t.on("AUTHENTICATED",()=>this.#e&&!this.#i&&this.#a()),t.on("change",()=>this.#i&&this.#c()),document.addEventListener("visibilitychange",()=>document.visibilityState==="hidden"&&this.#i&&this.#l())}get isBetween(){return this.#r&&!this.#i}async show(){let t=await om();if(!t||this.#t.state.me)return!1;this.#e=t,this.#t.state.me=t.me;for(let n of t.chats)this.#o(n);return!0}online(){let{state:t}=this.#t;this.#i=!0;let n=t.me?.id===this.#e?.me.id;for(let i of n?this.#e?.chats??[]:[]){let r=t.rooms.get(i.chat.id);r&&r.position===i.position&&r.messages.length===0&&this.#s(r,i)}this.#e=void 0,this.#c()}#o(t){this.#s(this.#t.state.add(t.chat,t.position),t)}#s(t,{from:n,messages:i}){t.from=n,t.messages=i}#a(){this.#r=!0;for(let t of[...this.#t.state.rooms.keys()])this.#t.state.remove(t)}#c(){this.#n??=setTimeout(()=>this.#l(),2e3)}#l(){clearTimeout(this.#n),this.#n=void 0,this.#t.status.phase!=="closed"&&Tr("readwrite",t=>t.put(am(this.#t),Sr))}};function Ps(){let e=l.shortcuts.map(([t,n])=>c("div",{},c("dt",{},...t.split(" ").map(i=>c("kbd",{},i))),c("dd",{},n)));tt(l.keyboardShortcuts,c("dl.shortcuts",{},...e))}var sm=`${location.protocol==="https:"?"wss":"ws"}://${location.host}/ws`,lm="(min-width: 48rem)";function Ls(e){Ns();let t=ue.load();t?.accessToken||t?.refreshToken?new pi(e,{},{isReturning:!0}).show():As(e,(n,i)=>{let r=new pi(e,n);return r.client.on("status",({phase:o})=>i(o==="waiting")),r.entered})}var pi=class{client;entered;#t;#e;#n;#i;#r;#o;#s;#a;#c;#l=!1;#u=!1;constructor(t,n,{isReturning:i=!1}={}){this.#t=t,this.client=new Ue({url:sm,...n,session:ue,outbox:Oo}),this.#e=new ni(o=>this.#d(o)),this.#a=this.#e.route,this.#r=new Un(()=>this.client.wake()),this.#n=new Jn(this),this.#i=new di(this,new Xn(this),new hi(this.client),{back:()=>this.#e.toList()}),new Vn(this);let r=c("main",{},c("h1.visually-hidden",{},"PiChat"),this.#n.element,this.#i.element);this.#o=c("div.layout",{},this.#r.element,r,new Bn(this).element),this.client.on("status",o=>this.#y(o)),this.client.on("change",()=>this.#b()),this.client.on("change",o=>this.#g(o)),this.client.on("problem",o=>J(dt(o))),this.#s=new mi(this.client),this.entered=this.#h(i),this.entered.then(()=>this.#f(),()=>{})}get isLoaded(){return this.#u}get chat(){let{chatId:t}=this.#a;return this.client.state.rooms.has(t)?this.client.chat(t):void 0}show(){this.#l||(this.#l=!0,this.#t.replaceChildren(this.#o),this.#o.classList.toggle("open",this.#a.chatId!==""),this.#n.draw(),this.#i.draw(),document.addEventListener("keydown",t=>this.#k(t)),document.addEventListener("visibilitychange",()=>document.visibilityState==="visible"&&this.#w()),window.addEventListener("online",()=>this.client.wake()))}open(t){this.#e.go({chatId:t})}showMessage({chatId:t,id:n}){t===this.#a.chatId&&this.chat?this.#i.show(n):this.#e.go({chatId:t,messageId:n})}async logOut(t){await this.client.logOut(t).catch(()=>this.client.close()),this.#m()}async#h(t){t&&await this.#s.show()&&this.#p(),await this.client.start()}#m(){Do();let t=()=>{history.replaceState(null,"",location.pathname),location.reload()};Rs().finally(t)}#d(t){this.#a=t,this.#o.classList.toggle("open",t.chatId!==""),this.#u&&(this.#i.open(t),this.#n.draw())}#f(){if(this.#s.online(),!this.#u)return this.#p();this.#n.draw(),this.#i.refresh(this.#a)}#p(){if(this.#u=!0,this.show(),this.client.command({type:"GET_SETTINGS"}).catch(()=>{}),this.#n.loaded(),this.#i.showsChat)return;let[t]=ne(this);!this.#a.chatId&&t&&window.matchMedia(lm).matches?this.#e.go({chatId:t.id},{replace:!0}):this.#d(this.#a)}#b(){let{settings:t}=this.client.state;this.#c!==t&&(this.#c=t,_o(t?.theme)&&Ot.set(t.theme))}#g(t){if(!this.#l||!this.#u||this.#s.isBetween)return;let{chatId:n}=this.#a;this.#n.draw();let i=this.chat!==void 0;n&&i!==this.#i.showsChat&&this.client.status.phase==="online"?this.#i.open(this.#a):(t.has(n)||t.has(""))&&this.#i.draw();let r=this.client.chats.reduce((o,{object:a})=>o+(a.muted?a.mentionCount??0:a.unreadCount??0),0);document.title=r>0?`(${r}) PiChat`:"PiChat"}#y(t){this.#r.show(t),t.phase==="closed"&&this.#l&&t.reason instanceof St&&this.#m()}#w(){this.client.wake(),this.#u&&!this.#s.isBetween&&this.#i.draw()}#k(t){let n=t.ctrlKey||t.metaKey;if(n&&t.key.toLowerCase()==="k")Da(this);else if(n&&t.key==="/")Ps();else if(t.altKey&&(t.key==="ArrowUp"||t.key==="ArrowDown"))this.#v(t.key==="ArrowUp"?-1:1);else return;t.preventDefault()}#v(t){let n=ne(this),i=n.findIndex(({id:o})=>o===this.#a.chatId)+t,r=n[Math.min(Math.max(i,0),n.length-1)];r&&this.open(r.id)}};Ot.apply();le.apply();ce.apply();zo();Ls(document.querySelector("#app"));})();
